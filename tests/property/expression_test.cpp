// Random expressions, well formed and broken: the machine must give what the reference interpreter gives.
#include <random>

#include "property/compare.hpp"

namespace willrun {
namespace {

constexpr std::uint32_t kSeed = 20'260'102;
constexpr int kExpressions = 140'000;

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string expression() {
    text_.clear();
    tree(static_cast<int>(1 + below(4)));
    if (below(5) == 0) mutate();
    return text_;
  }

  reference::Scope scope() {
    reference::Scope scope;
    for (const char* name : {"A", "B", "C"}) {
      if (below(5) != 0) scope.variables[name] = std::string(pick(kTexts));
    }
    scope.inputs["s"] = std::string(pick(kTexts));
    scope.inputs["t"] = below(2) == 0;
    scope.inputs["n"] = Value(std::int64_t{2});
    scope.inputs["f"] = below(2) == 0 ? 2.0 : 1.5;
    scope.inputs["l"] = Value::Sequence{std::string(pick(kTexts)), 2, 1.0};
    scope.inputs["k"] = Value::Sequence{std::string(pick(kTexts)), 2.0, 1};
    scope.inputs["m"] = Value::Mapping{{"a", 1}, {"b", std::string(pick(kTexts))}};
    scope.inputs["o"] = Value::Mapping{{"b", std::string(pick(kTexts))}, {"a", 1.0}};
    scope.inputs["e"] = Value::Sequence{};
    scope.variables["inputs"] = Value::Mapping{{"t", true}};
    return scope;
  }

 private:
  static constexpr std::string_view kTexts[] = {"a",
                                                "b",
                                                "ab",
                                                "",
                                                " ",
                                                "\u3000",
                                                "true",
                                                "false",
                                                "2",
                                                "null",
                                                "/a/",
                                                "/^ab$/",
                                                "/A.*/i",
                                                "/(/",
                                                "x\n/b/s\n/a/",
                                                "a/b",
                                                "/a\\/b/",
                                                "\\/b\\/",
                                                "//",
                                                "#<G",
                                                "/\\Qa/",
                                                "/(?<n>b)/",
                                                "[\"a\", 2, 1.0]",
                                                "/b/x",
                                                "\xff",
                                                "/\xff/"};
  static constexpr std::string_view kOperands[] = {"$A",
                                                   "$B",
                                                   "$C",
                                                   "$U",
                                                   "$inputs",
                                                   "\"a\"",
                                                   "'b'",
                                                   "\"\"",
                                                   "' '",
                                                   "\"true\"",
                                                   "'false'",
                                                   "\"/a/\"",
                                                   "'/^b/i'",
                                                   "'2'",
                                                   "null",
                                                   "true",
                                                   "false",
                                                   "/a+/",
                                                   "/^ab$/",
                                                   "/^a/",
                                                   "/b$/",
                                                   "/a\\/b/",
                                                   "/a|b/i",
                                                   "/^$/",
                                                   "/(ab/",
                                                   "/\\Qa(/",
                                                   "/(?<n>a)b/",
                                                   "/(?P<n>a)(?P<n>b)/",
                                                   "/.*/s",
                                                   "/\\.x/",
                                                   "/\\d\\d/",
                                                   "$[[ inputs.s ]]",
                                                   "$[[inputs.t]]",
                                                   "$[[ inputs.n ]]",
                                                   "$[[ inputs.f ]]",
                                                   "$[[ inputs.l ]]",
                                                   "$[[ inputs.k ]]",
                                                   "$[[ inputs.m ]]",
                                                   "$[[ inputs.o ]]",
                                                   "$[[ inputs.e ]]",
                                                   "$[[ inputs.missing ]]"};
  static constexpr std::string_view kOperators[] = {" == ", "==",   " != ", " =~ ", " =~ ", "!~",
                                                    " !~ ", " && ", "&&",   " || ", "||"};
  static constexpr std::string_view kPieces[] = {"(", ")", "!", " ",  "==", "=~",  "&&",   "||",   "\"",   "'",
                                                 "/", "$", "a", "\\", "$A", "'a'", "/ab/", "null", "true", "\n"};

  std::size_t below(std::size_t count) { return random_() % count; }

  template <std::size_t size>
  std::string_view pick(const std::string_view (&texts)[size]) {
    return texts[below(size)];
  }

  void tree(int depth) {
    for (std::size_t i = below(6); i < 2; ++i) text_ += '!';
    if (depth == 0 || below(4) == 0) {
      text_ += pick(kOperands);
      return;
    }
    const bool closed = below(3) == 0;
    if (closed) text_ += '(';
    tree(depth - 1);
    text_ += pick(kOperators);
    tree(depth - 1);
    if (closed) text_ += ')';
  }

  void mutate() {
    for (std::size_t i = 1 + below(2); i != 0; --i) {
      const std::size_t at = below(text_.size() + 1);
      if (below(2) == 0) {
        text_.insert(at, pick(kPieces));
      } else {
        text_.erase(at, 1 + below(3));
      }
    }
  }

  std::mt19937 random_;
  std::string text_;
};

TEST(ExpressionProperty, MachineAgreesWithTheReference) {
  Generator generator(kSeed);
  machine::PatternCache cache(16);
  int differences = 0;
  int accepted = 0;
  auto pool = std::make_unique<machine::ExpressionPool>();
  for (int i = 0; i < kExpressions && differences < 10; ++i) {
    if (i % 500 == 0) pool = std::make_unique<machine::ExpressionPool>();
    const std::string text = generator.expression();
    const std::string difference = reference::difference(*pool, text, generator.scope(), cache);
    EXPECT_EQ(difference, "") << ++differences << ", expression " << i;
    if (pool->find(text)) ++accepted;
  }
  // Lest the generator makes nothing but refused texts.
  EXPECT_GT(accepted, 100'000);
}

}  // namespace
}  // namespace willrun
