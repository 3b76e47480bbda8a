#include "scenario/given.hpp"

#include "common/context_file.hpp"
#include "common/git_facts.hpp"
#include "common/trigger_preset.hpp"

namespace willrun::scenario {

// Twice: which trigger is the usual one is known once source, ref and kind of ref are read.
Trigger trigger_of(const Value& given, const tools::Settings& settings) {
  Trigger asked;
  asked.ref.clear();
  asked.default_branch = settings.default_branch.value_or(asked.default_branch);
  tools::read_context(given, asked);
  const std::string ref = asked.ref.empty() ? asked.default_branch : asked.ref;
  Trigger made = tools::usual_trigger(asked.source, ref, asked.ref_kind == RefKind::tag);
  if (asked.ref_kind == RefKind::tag) made.ref_kind = RefKind::tag;
  made.default_branch = asked.default_branch;
  tools::read_context(given, made);
  if (made.merge_request && made.merge_request->target_branch.empty())
    made.merge_request->target_branch = made.default_branch;
  if (given.find("protected") == nullptr) {
    const auto refs = settings.protected_refs.value_or(std::vector{made.default_branch});
    made.ref_protected = made.ref_kind != RefKind::merge_request && tools::is_protected(refs, made.ref);
  }
  return made;
}

}  // namespace willrun::scenario
