#include "conformance/kinds.hpp"

#include <algorithm>
#include <exception>

namespace willrun::conformance {

namespace {

constexpr Kind kKinds[] = {
    {"expression", check_expression},
    {"fnmatch", check_fnmatch},
    {"expand", check_expand},
    {"expand_existing", check_expand_existing},
    {"sort_and_expand_all", check_sort_and_expand_all},
    {"yaml", check_yaml},
    {"interpolation", check_interpolation},
    {"lint", check_lint},
    {"pipeline", check_pipeline},
};

}  // namespace

std::span<const Kind> all_kinds() { return kKinds; }

Verdict check(const Case& one, const LoadOptions& options) {
  const auto kinds = all_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& known) { return known.name == one.kind; });
  if (kind == kinds.end()) return Difference{"", "a known kind of case", one.kind};
  if (kind->check == nullptr) return Difference{"", one.kind, "not supported yet"};
  try {
    return kind->check(one.body, options);
  } catch (const std::exception& error) {
    return Difference{"", "an answer", std::string("exception: ") + error.what()};
  }
}

}  // namespace willrun::conformance
