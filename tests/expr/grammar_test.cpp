#include <tao/pegtl/contrib/analyze.hpp>

#include "expression.hpp"

namespace willrun {
namespace {

namespace grammar = willrun::grammar::expression;

// No rule can loop without progress.
TEST(ExpressionGrammar, Analyzes) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::lexeme>(), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::spaces>(), 0U);
}

}  // namespace
}  // namespace willrun
