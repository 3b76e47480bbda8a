// The kinds of cases, one source file each.
#pragma once

#include <span>
#include <string_view>

#include "conformance/case.hpp"

namespace willrun::conformance {

Verdict check_expression(const Json& body, const LoadOptions& options);
Verdict check_fnmatch(const Json& body, const LoadOptions& options);
Verdict check_expand(const Json& body, const LoadOptions& options);
Verdict check_expand_existing(const Json& body, const LoadOptions& options);
Verdict check_sort_and_expand_all(const Json& body, const LoadOptions& options);
Verdict check_yaml(const Json& body, const LoadOptions& options);
Verdict check_interpolation(const Json& body, const LoadOptions& options);
Verdict check_lint(const Json& body, const LoadOptions& options);
Verdict check_pipeline(const Json& body, const LoadOptions& options);

struct Kind {
  std::string_view name;  // `op` or `mode` of its cases
  Check check;            // null pointer: not supported yet, so every case fails
};

std::span<const Kind> all_kinds();

// Runs a case; an exception of the library is a failure too.
Verdict check(const Case& one, const LoadOptions& options);

}  // namespace willrun::conformance
