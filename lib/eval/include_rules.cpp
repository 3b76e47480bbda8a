#include "eval/include_rules.hpp"

#include "eval/recorder.hpp"
#include "eval/rules.hpp"

namespace willrun::eval {

namespace {

std::shared_ptr<const program::Program> compile(model::Model rules, const Limits& limits) {
  const auto program = program::compile(std::make_shared<const model::Model>(std::move(rules)), limits);
  bind_predefined(*program);
  return program;
}

compose::Admission admits(const program::Program& program, const Trigger& trigger, RuleObserver* observer) {
  Rules evaluated(program, trigger, Phase::include);
  evaluated.set_observer(observer);
  const std::uint32_t match = evaluated.first_match(program.workflow, nullptr);
  if (evaluated.error() && evaluated.error()->not_there) return {false, evaluated.error()->text};
  return {match != program::kNone && program.rules[match].when != When::never, {}};
}

}  // namespace

compose::Admission admits_include(model::Model rules, const Trigger& trigger, const Limits& limits) {
  return admits(*compile(std::move(rules), limits), trigger, nullptr);
}

compose::Admission admits_include(model::Model rules, const Trigger& trigger, const Limits& limits,
                                  ExplainedInclude& explained) {
  const auto program = compile(std::move(rules), limits);
  Recorder recorder(*program, trigger);
  compose::Admission made = admits(*program, trigger, &recorder);
  explained.included = made.admitted;
  const auto works = [&](const Trigger& supposed) { return admits(*program, supposed, nullptr).admitted; };
  if (!explained.included) explained.way_in = recorder.workflow().way_in(trigger, works);
  explained.rules = std::move(recorder.workflow().rules);
  return made;
}

}  // namespace willrun::eval
