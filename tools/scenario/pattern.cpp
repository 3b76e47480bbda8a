#include "scenario/pattern.hpp"

#include <willrun/expression.hpp>

namespace willrun::scenario {

namespace {

Expression comparison(std::string_view pattern) { return Expression("$TEXT =~ " + std::string(pattern)); }

}  // namespace

std::string wrong_pattern(std::string_view pattern) {
  const Expression expression = comparison(pattern);
  return expression.error() == nullptr ? std::string() : expression.error()->message;
}

bool matches_pattern(std::string_view pattern, const std::string& text) {
  return comparison(pattern).evaluate({{"TEXT", text}}).truthful;
}

}  // namespace willrun::scenario
