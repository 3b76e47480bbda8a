#include "yaml/limits.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "yaml/loading.hpp"

namespace willrun::yaml {
namespace {

constexpr std::string_view kParsed = "error: The parsed YAML is too big";
constexpr std::string_view kProvided = "error: The provided YAML is too big";

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(YamlLimits, RubyObjectSizes) {
  EXPECT_EQ(string_bytes(23), 40U);
  EXPECT_EQ(string_bytes(24), 65U);
  EXPECT_EQ(list_bytes(3), 40U);
  EXPECT_EQ(list_bytes(4), 200U);
  EXPECT_EQ(list_bytes(129), 1584U);
  EXPECT_EQ(map_bytes(0), 40U);
  EXPECT_EQ(map_bytes(8), 168U);
  EXPECT_EQ(map_bytes(9), 928U);
  EXPECT_EQ(map_bytes(33), 1760U);
  EXPECT_EQ(map_bytes(129), 7264U);
}

TEST(YamlLimits, Depth) {
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text(repeat("[", 100) + repeat("]", 100), reader).substr(0, 3), "[[[");
    EXPECT_EQ(document_text(repeat("[", 101) + repeat("]", 101), reader), kParsed);
    EXPECT_EQ(document_text(repeat("- ", 101) + "a", reader), kParsed);
    // By aliases only: each holds the one before.
    std::string chain = "a0: &a0 [x]\n";
    for (int i = 1; i < 120; ++i) {
      chain += fmt::format("a{0}: &a{0} [*a{1}]\n", i, i - 1);
    }
    EXPECT_EQ(document_text(chain, reader), kParsed);
  }
}

TEST(YamlLimits, Size) {
  for (const YamlReader reader : kReaders) {
    EXPECT_EQ(document_text(std::string(2'097'152, '#'), reader), "nil");
    EXPECT_EQ(document_text(std::string(2'097'153, '#'), reader), kProvided);
    EXPECT_EQ(document_text("\xEF\xBB\xBF" + std::string(2'097'150, '#'), reader), kProvided);
    EXPECT_EQ(document_text(repeat("- x\n", 60'000), reader), kParsed);
    EXPECT_EQ(ci_text("a: 1\n---\n" + std::string(2'097'153, '#'), reader), kProvided);
  }
}

TEST(YamlLimits, HostileTextsCostLittle) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    laughs += fmt::format("a{0}: &a{0} [{1}*a{2}]\n", i, repeat(fmt::format("*a{}, ", i - 1), 8), i - 1);
  }
  const std::vector<std::string> texts = {
      std::string(100'000'000, 'a'),
      laughs,
      repeat("[", 100'000),
      repeat("{a:", 100'000),
      repeat("- ", 100'000),
      repeat("? ", 100'000),
      "b: &b\n  " + repeat("k: 1\n  ", 50'000) + "\nm:\n" + repeat("  <<: *b\n", 50'000),
      repeat("a: \"", 20'000),
      repeat("'", 99'999),
      repeat("&a ", 50'000),
      repeat("!a ", 50'000),
      repeat(",", 1'000)};
  for (const std::string& text : texts) {
    for (const YamlReader reader : kReaders) {
      const auto start = std::chrono::steady_clock::now();
      EXPECT_NE(document_text(text, reader), "") << text.substr(0, 40);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      EXPECT_LT(took.count(), 5.0) << text.substr(0, 40);  // under a second in a release build on a quiet machine
    }
  }
}

TEST(YamlLimits, ManyMergedPairs) {
  std::string text = "b: &b\n";
  for (int i = 0; i < 5'000; ++i) text += fmt::format("  k{}: 1\n", i);
  text += "m:\n" + repeat("  - {<<: *b}\n", 1'000);
  for (const YamlReader reader : kReaders) EXPECT_EQ(document_text(text, reader), kParsed);
}

}  // namespace
}  // namespace willrun::yaml
