#include <gtest/gtest.h>

#include <random>

#include "vars/printed.hpp"
#include "vars/reference_sort.hpp"
#include "vars/sort.hpp"

namespace willrun::vars {
namespace {

std::vector<Variable> random_list(std::mt19937& random) {
  const char* const names[] = {"A", "B", "C", "D", "E"};
  const char* const pieces[] = {"x", "$A", "${B}", "%C%", "$D", "$E", "$U", "$$", "%%", "-"};
  std::vector<Variable> out(random() % 7);
  for (Variable& variable : out) {
    variable.key = names[random() % 5];
    variable.value = "";
    for (std::size_t i = random() % 3; i > 0; --i) *variable.value += pieces[random() % 10];
    if (random() % 12 == 0) variable.value.reset();
    variable.raw = random() % 6 == 0;
    variable.file = random() % 8 == 0;
  }
  return out;
}

TEST(SortProperty, AgreesWithTheReference) {
  std::mt19937 random(20260102);
  int cycles = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::vector<Variable> variables = random_list(random);
    const SortOptions options{random() % 2 == 0, random() % 2 == 0, random() % 2 == 0};
    const SortedVariables expected = reference_sort_and_expand_all(variables, options);
    ASSERT_EQ(printed(sort_and_expand(variables, options, {})), printed(expected))
        << printed(SortedVariables{variables, {}});
    cycles += expected.error.empty() ? 0 : 1;
  }
  EXPECT_GT(cycles, 300);
}

}  // namespace
}  // namespace willrun::vars
