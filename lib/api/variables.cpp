#include <willrun/variables.hpp>

#include "vars/expand.hpp"
#include "vars/reference.hpp"
#include "vars/sort.hpp"

namespace willrun {

namespace {

Expanded expand_in_list(std::string_view text, std::span<const Variable> variables, vars::Missing missing,
                        const ExpandOptions& options) {
  if (!vars::may_refer(text)) return {std::string(text), {}};
  return vars::expand(text, vars::ListScope(variables), missing, options);
}

}  // namespace

Expanded expand(std::string_view text, std::span<const Variable> variables, const ExpandOptions& options) {
  return expand_in_list(text, variables, vars::Missing::becomes_empty, options);
}

Expanded expand_existing(std::string_view text, std::span<const Variable> variables, const ExpandOptions& options) {
  return expand_in_list(text, variables, vars::Missing::stays, options);
}

SortedVariables sort_and_expand_all(std::span<const Variable> variables, const SortOptions& options,
                                    const Limits& limits) {
  return vars::sort_and_expand(variables, options, limits);
}

}  // namespace willrun
