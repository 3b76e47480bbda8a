#include "inputs/block.hpp"

#include <gtest/gtest.h>

#include <interpolation.hpp>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

namespace willrun::inputs {
namespace {

TEST(BlockGrammar, HasNoLoops) {
  namespace grammar = willrun::grammar::interpolation;
  EXPECT_EQ(tao::pegtl::analyze<grammar::block>(-1), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::pieces>(-1), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::indexed>(-1), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::truncate>(-1), 0U);
}

std::string print(std::string_view text) {
  std::string printed;
  for (const Block& block : find_blocks(text)) printed.append("<").append(block.data).append(">");
  return printed;
}

TEST(Block, IsFoundAsGitLabFindsIt) {
  const struct {
    std::string_view text, blocks;
  } kCases[] = {
      {"$[[ inputs.x ]]", "<inputs.x>"},
      {"a$[[inputs.x]]b$[[ inputs.y  ]]", "<inputs.x><inputs.y>"},
      {"$[[ a ]]", ""},  // one character is too short
      {"$[[ é ]]", ""},
      {"$[[ éé ]]", "<éé>"},
      {"$[[ ]]", ""},
      {"$[[ a ]] b ]]", "<a ]] b>"},
      {"$[[ inputs.x ]", ""},
      {"$[[ inputs.x ]]]", "<inputs.x>"},
      {"$[[[ inputs.x ]]]", "<[ inputs.x>"},
      {"$[[\n inputs.x\n]]", "<inputs.x>"},
      {"$[[ inputs.\nx ]]", ""},
      {"$[[ in\n $[[ inputs.x ]]", "<inputs.x>"},
      {"$[[ $[[ inputs.x ]] ]]", "<$[[ inputs.x>"},
      {"$[[\n\n$[[ a\n$[[ bc ]]", "<bc>"},
      {"$[[ a\xff ]]", "<a\xff>"},
  };
  for (const auto& [text, blocks] : kCases) EXPECT_EQ(print(text), blocks) << text;
}

TEST(Block, CostsLinearTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "$[[ a";
  EXPECT_TRUE(find_blocks(text).empty());
  EXPECT_EQ(find_blocks(text + "\n$[[ ab ]]").size(), 1U);
}

std::string pieces(std::string_view data) {
  const BlockParts parts = split_block(data);
  std::string printed(parts.access);
  for (const std::string_view function : parts.functions) printed.append("<").append(function).append(">");
  return printed;
}

TEST(Block, IsSplitAtBars) {
  EXPECT_EQ(pieces("inputs.x"), "inputs.x");
  EXPECT_EQ(pieces("inputs.x | f |g(1, 2)"), "inputs.x<f><g(1, 2)>");
  EXPECT_EQ(pieces("inputs.x |"), "inputs.x");
  EXPECT_EQ(pieces("inputs.x | |"), "inputs.x<>");
  EXPECT_EQ(pieces("inputs.x || f"), "inputs.x<><f>");
  EXPECT_EQ(pieces("| inputs.x"), "<inputs.x>");
  EXPECT_EQ(pieces("||"), "");
}

}  // namespace
}  // namespace willrun::inputs
