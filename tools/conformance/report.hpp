// Counts of passed cases, and their table.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "conformance/case.hpp"

namespace willrun::conformance {

struct Tally {
  std::string name;
  std::size_t passed = 0;
  std::size_t total = 0;
};

// One file: itself and its categories, in the order in which they first came.
struct FileTally {
  Tally all;
  std::vector<Tally> categories;

  void count(const std::string& category, bool passed);
};

void print_failure(std::ostream& out, const Case& failed, const Difference& difference);
void print_table(std::ostream& out, const std::vector<FileTally>& files);
// `N passed, N failed`: the last line, for scripts.
void print_total(std::ostream& out, const std::vector<FileTally>& files);

}  // namespace willrun::conformance
