// Any text as an expression with any texts as variables: reading never fails, and the machine gives what the reference
// interpreter gives. The input is the expression, a byte 0x1E, and the values of $A, $B and $C with 0x1E between them.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include <willrun/expression.hpp>

#include "property/compare.hpp"

namespace {

willrun::reference::Scope scope_of(std::string_view rest) {
  using willrun::Value;
  willrun::reference::Scope scope;
  for (const char* name : {"A", "B", "C"}) {
    const std::size_t end = rest.find('\x1e');
    scope.variables[name] = std::string(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  scope.inputs["s"] = scope.variables["A"];
  scope.inputs["t"] = true;
  scope.inputs["n"] = 2;
  scope.inputs["f"] = 2.0;
  scope.inputs["l"] = Value::Sequence{"a", 1};
  scope.inputs["m"] = Value::Mapping{{"k", "v"}};
  return scope;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = all.find('\x1e');
  const std::string_view text = all.substr(0, end);
  const auto scope = scope_of(end == std::string_view::npos ? std::string_view() : all.substr(end + 1));

  const willrun::Expression expression{std::string(text)};
  if (const auto* error = expression.error(); error != nullptr && error->span.end > text.size()) std::abort();
  expression.tree();
  expression.oddity();

  // The reference finds named groups by their letters alone, which escapes and classes mislead.
  const auto has = [&](std::string_view part) { return all.find(part) != std::string_view::npos; };
  if (has("(?<") && (has("\\") || has("["))) return 0;

  willrun::machine::ExpressionPool pool;
  willrun::machine::PatternCache cache(4);
  const std::string difference = willrun::reference::difference(pool, text, scope, cache);
  if (difference.empty()) return 0;
  std::fprintf(stderr, "%s\n", difference.c_str());
  std::abort();
}
