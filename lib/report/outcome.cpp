#include <willrun/outcome.hpp>

#include "report/decision_words.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

constexpr std::uint32_t kMessageColumns = 400;

}  // namespace

std::string outcome(const Decision& decision) {
  switch (decision.status) {
    case Decision::Status::created: return report::plural(decision.jobs.size(), "job");
    case Decision::Status::skipped: return "no pipeline: it is skipped ([skip ci])";
    case Decision::Status::failed: break;
  }
  return "no pipeline: " + report::one_line(decision.message(), kMessageColumns);
}

}  // namespace willrun
