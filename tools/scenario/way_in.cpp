#include "scenario/way_in.hpp"

#include <willrun/explain.hpp>

namespace willrun::scenario {

namespace {

std::string way_text(std::string_view what, const WayIn& way) {
  std::string text = std::string(what) + " by rule " + std::to_string(way.rule + 1) + " if ";
  for (const std::string& one : way.differences)
    text.append(&one == &way.differences.front() ? "" : ", and ").append(one);
  return text;
}

}  // namespace

void add_ways_in(std::vector<Difference>& differences, const Decision& decision, const Program& program,
                 const Trigger& trigger) {
  const bool refused = decision.stopped_at == Step::workflow;
  for (Difference& one : differences) {
    const bool outcome = refused && one.key == "created";
    if (!outcome && !one.left_out) continue;
    const auto way = explain(program, trigger, outcome ? std::string_view() : one.left_out->name).way_in;
    if (way && !way->differences.empty())
      one.advice = way_text(outcome ? "there would be a pipeline" : "it would run", *way);
  }
}

}  // namespace willrun::scenario
