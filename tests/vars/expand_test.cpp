#include "vars/expand.hpp"

#include <gtest/gtest.h>

namespace willrun::vars {
namespace {

const std::vector<Variable>& variables() {
  static const std::vector<Variable> list = {{"A", "first"},
                                             {"A", "1"},
                                             {"B", "$A"},
                                             {"EMPTY", ""},
                                             {"_u1", "u"},
                                             {"NULL", {}},
                                             {"F", "text", true, true},
                                             {"M", "s3cret", true, false, true}};
  return list;
}

std::string shown(const Expanded& expanded) { return expanded.text ? *expanded.text : "error: " + expanded.error; }

std::string all(std::string_view text, ExpandOptions options = {}) {
  return shown(expand(text, ListScope(variables()), Missing::becomes_empty, options));
}

std::string existing(std::string_view text, ExpandOptions options = {}) {
  return shown(expand(text, ListScope(variables()), Missing::stays, options));
}

TEST(Expand, ReadsThreeFormsOnce) {
  const std::pair<const char*, const char*> rows[] = {
      {"$A", "1"},          {"${A}x", "1x"},  {"%A%", "1"},       {"$B", "$A"},      {"$_u1.", "u."},
      {"$A%A%${A}", "111"}, {"%A%%A%", "11"}, {"$Aé", "1é"},      {"$A[0]", "1[0]"}, {"a\n$A", "a\n1"},
      {"%%A%%", "%1%"},     {"%$A%", "%1%"},  {"${%A%}", "${1}"}, {"", ""},          {"plain", "plain"}};
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(all(text), expected) << text;
    EXPECT_EQ(existing(text), expected) << text;
  }
}

TEST(Expand, LeavesWhatIsNoReference) {
  for (const char* text : {"$", "$$", "%", "%%", "${", "${}", "${A", "${ A }", "${A:-x}", "${1A}", "$1A", "%A", "%A %",
                           "%1A%", "$é", "$[A]", "${#A}", "${{A}}", "100%"}) {
    EXPECT_EQ(all(text), text);
    EXPECT_EQ(existing(text), text);
  }
}

TEST(Expand, PairsShieldNothing) {
  EXPECT_EQ(all("$$A $$$A"), "$1 $$1");
  EXPECT_EQ(all("$${A}"), "$1");
}

TEST(Expand, MissingValuesVanishOrStay) {
  EXPECT_EQ(all("[$UNDEFINED${NULL}%EMPTY%]"), "[]");
  EXPECT_EQ(existing("[$UNDEFINED${NULL}%EMPTY%]"), "[$UNDEFINED${NULL}]");
}

TEST(Expand, FileAndMaskedReferences) {
  EXPECT_EQ(all("$F $A"), "text 1");
  EXPECT_EQ(all("$F $A", {.expand_file_refs = false}), "$F 1");
  EXPECT_EQ(existing("%M%"), "s3cret");
  EXPECT_EQ(existing("%M%", {.fail_on_masked = true}), "error: masked variables cannot be expanded");
  EXPECT_EQ(existing("%A% M", {.fail_on_masked = true}), "1 M");
}

TEST(Expand, LongTextsAreLinear) {
  const std::string percents(1'000'000, '%');
  EXPECT_EQ(all(percents), percents);
  std::string open;
  for (int i = 0; i < 200'000; ++i) open += "${AAAA%AAAA";
  EXPECT_EQ(existing(open), open);
}

}  // namespace
}  // namespace willrun::vars
