#include "vars/sort.hpp"

#include <gtest/gtest.h>

#include "vars/printed.hpp"
#include "vars/reference_sort.hpp"

namespace willrun::vars {
namespace {

struct Row {
  std::vector<Variable> variables;
  const char* expected;
  SortOptions options = {};
};

Variable raw(const char* key, const char* value) { return {key, value, true, false, false, true}; }
Variable file(const char* key, const char* value) { return {key, value, true, true}; }

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(printed(sort_and_expand(row.variables, row.options, {})), row.expected);
    EXPECT_EQ(printed(reference_sort_and_expand_all(row.variables, row.options)), row.expected) << "reference";
  }
}

TEST(Sort, ExpandsInTheOrderOfReference) {
  check({{{{"A", "$B-$C"}, {"B", "${C}b"}, {"C", "c"}}, R"(C="c" B="cb" A="cb-c")"},
         {{{"A", "1"}, {"B", "%A%"}, {"A", "2"}}, R"(A="1" A="2" B="2")"},
         {{{"A", "$U."}, {"B", {}}, {"C", "[$B]"}}, R"(A="." B=null C="[]")"},
         {{{"A", "$U."}, {"B", {}}, {"C", "[$B]"}}, R"(A="$U." B=null C="[]")", {.keep_undefined = true}},
         {{{"A", "$$B %%B% $B"}, {"B", "$$A"}}, R"(B="$$A" A="$$B %%B% $$A")"},
         {{}, ""}});
}

TEST(Sort, SelfReferenceSeesTheEarlierVariable) {
  check({{{{"A", "x$A-y"}, {"B", "$A"}}, R"(A="x-y" B="x-y")"},
         {{{"A", "$A"}}, R"(A="$A")", {.keep_undefined = true}},
         {{{"PATH", "/bin"}, {"PATH", "$PATH:/x"}}, R"(PATH="/bin" PATH="/bin:/x")"},
         {{{"A", "x-$A"}, {"A", "y"}}, R"(A="y" A="x-y")"}});
}

TEST(Sort, CyclesLeaveTheListAsItIs) {
  check({{{{"T", "$A"}, {"A", "$B"}, {"B", "$A"}},
          R"(T="$A" A="$B" B="$A" ERROR circular variable reference detected: ["A", "B"])"},
         {{{"A", "$B"}, {"B", "$A"}, {"C", "$D"}, {"D", "%C%"}},
          R"(A="$B" B="$A" C="$D" D="%C%" ERROR circular variable reference detected: ["A", "B"], ["C", "D"])"},
         {{{"V", "1"}, {"V", "$V-2"}, {"V", "$V-3"}},
          R"(V="1" V="$V-2" V="$V-3" ERROR circular variable reference detected: ["V", "V"])"}});
}

TEST(Sort, RawAndFileVariables) {
  check({{{raw("A", "$B"), {"B", "b"}, {"C", "$A-$B"}}, R"(A="$B",raw B="b" C="$B-b")"},
         {{{"C", "$A"}, raw("A", "$C")}, R"(A="$C",raw C="$C")"},
         {{{"C", "$A"}, raw("A", "$C")}, R"(A="$C",raw C="$A")", {.expand_raw_refs = false}},
         {{file("A", "$B"), {"B", "b"}, {"C", "$A"}}, R"(B="b" A="b",file C="b")"},
         {{{"C", "${A}"}, file("A", "x")}, R"(A="x",file C="${A}")", {.expand_file_refs = false}}});
}

std::string numbered(std::string_view prefix, int number, std::string_view suffix = "") {
  std::string out(prefix);
  return out.append(std::to_string(number)).append(suffix);
}

TEST(Sort, GrowthIsBounded) {
  std::vector<Variable> doubling{{"V0", "0123456789"}};
  for (int i = 1; i < 60; ++i) {
    doubling.push_back({numbered("V", i), numbered("$V", i - 1).append(numbered("${V", i - 1, "}"))});
  }
  const SortedVariables sorted = sort_and_expand(doubling, {}, {.expanded_bytes = 1'000});
  EXPECT_EQ(sorted.error, "variable V6 expands to more than 1000 bytes of values");
  EXPECT_EQ(sorted.variables, doubling);
  EXPECT_FALSE(sort_and_expand(doubling, {}, {}).error.empty());
}

TEST(Sort, LargeListsAreLinear) {
  std::vector<Variable> chain;
  std::vector<Variable> same;
  for (int i = 0; i < 100'000; ++i) {
    chain.push_back({numbered("V", i), numbered("$V", i + 1)});
    same.push_back({"V", i % 2 == 0 ? "x" : "$V"});
  }
  chain.push_back({"V100000", "end"});
  const SortedVariables sorted = sort_and_expand(chain, {}, {});
  ASSERT_EQ(sorted.variables.size(), chain.size());
  EXPECT_EQ(sorted.variables.back(), (Variable{"V0", "end"}));
  EXPECT_EQ(sort_and_expand(same, {}, {}).error.substr(0, 48), "circular variable reference detected: [\"V\", \"V\",");
}

}  // namespace
}  // namespace willrun::vars
