#include "eval/include_rules.hpp"

#include "eval/rules.hpp"

namespace willrun::eval {

bool admits_include(model::Model rules, const Trigger& trigger, const Limits& limits) {
  const auto program = program::compile(std::make_shared<const model::Model>(std::move(rules)), limits);
  bind_predefined(*program);
  Rules evaluated(*program, trigger, Phase::include);
  const std::uint32_t match = evaluated.first_match(program->workflow, nullptr);
  return match != program::kNone && program->rules[match].when != When::never;
}

}  // namespace willrun::eval
