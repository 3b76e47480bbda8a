#include "inputs/substitute.hpp"

#include <gtest/gtest.h>

namespace willrun::inputs {
namespace {

constexpr std::uint64_t kLimit = 1'000;

std::string put(std::string_view value) {
  const Replacement replacements[] = {{"$[[ xx ]]", std::string(value)}};
  const Substituted made = substitute("<$[[ xx ]]|", replacements, kLimit);
  return made.status == SubstituteStatus::done ? made.text : "crashed";
}

TEST(Substitute, ReadsBackslashesAsRubyDoes) {
  const struct {
    std::string_view value, text;
  } kCases[] = {
      {"a", "<a|"},
      {"", "<|"},
      {R"(\0)", "<$[[ xx ]]|"},
      {R"(\&)", "<$[[ xx ]]|"},
      {R"(\1\9)", "<|"},
      {R"(\+)", "<|"},
      {R"(\`)", "<<|"},
      {R"(\')", "<||"},
      {R"(\\0)", R"(<\0|)"},
      {R"(\z)", R"(<\z|)"},
      {R"(\)", R"(<\|)"},
      {R"(\k)", R"(<\k|)"},
      {R"(\k0)", R"(<\k0|)"},
      {R"(\k<0>)", "crashed"},
      {R"(\k<)", "crashed"},
      {R"(\é)", R"(<\é|)"},
  };
  for (const auto& [value, text] : kCases) EXPECT_EQ(put(value), text) << value;
}

TEST(Substitute, GoesOneBlockAfterAnother) {
  const Replacement brings[] = {{"$[[ xx ]]", "$[[ yy ]]"}, {"$[[ yy ]]", "Y"}};
  EXPECT_EQ(substitute("$[[ xx ]] $[[ yy ]]", brings, kLimit).text, "Y Y");
  const Replacement completes[] = {{"$[[ xx ]]", "$"}, {"$[[ yy ]]", "Y"}};
  EXPECT_EQ(substitute("$[[ xx ]][[ yy ]] $[[ yy ]]", completes, kLimit).text, "Y Y");
  const Replacement earlier[] = {{"$[[ yy ]]", "Y"}, {"$[[ xx ]]", "$[[ yy ]]"}};
  EXPECT_EQ(substitute("$[[ yy ]] $[[ xx ]]", earlier, kLimit).text, "Y $[[ yy ]]");
}

TEST(Substitute, IsBounded) {
  const Replacement replacements[] = {{"$[[ xx ]]", std::string(600, 'x')}, {"$[[ yy ]]", std::string(600, 'x')}};
  EXPECT_EQ(substitute("$[[ xx ]]$[[ yy ]]", replacements, kLimit).status, SubstituteStatus::too_big);
  const Replacement doubles[] = {{"$[[ xx ]]", R"(\'\')"}};
  EXPECT_EQ(substitute("$[[ xx ]]" + std::string(600, 'y'), doubles, kLimit).status, SubstituteStatus::too_big);
}

}  // namespace
}  // namespace willrun::inputs
