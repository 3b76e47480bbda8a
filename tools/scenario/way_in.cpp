#include "scenario/way_in.hpp"

#include <willrun/explain.hpp>
#include <willrun/report.hpp>

namespace willrun::scenario {

void add_ways_in(std::vector<Difference>& differences, const Decision& decision, const Program& program,
                 const Trigger& trigger) {
  const bool refused = decision.stopped_at == Step::workflow;
  for (Difference& one : differences) {
    const bool outcome = refused && one.key == "created";
    if (!outcome && !one.left_out) continue;
    const auto way = explain(program, trigger, outcome ? std::string_view() : one.left_out->name).way_in;
    if (way && !way->differences.empty())
      one.advice = std::string(outcome ? "there would be a pipeline" : "it would run") + " by " + render(*way);
  }
}

}  // namespace willrun::scenario
