#include "conformance/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace willrun::conformance {

void FileTally::count(const std::string& category, bool passed) {
  auto found = std::find_if(categories.begin(), categories.end(), [&](const Tally& t) { return t.name == category; });
  if (found == categories.end()) found = categories.insert(categories.end(), Tally{category, 0, 0});
  for (Tally* tally : {&all, &*found}) {
    ++tally->total;
    tally->passed += passed ? 1 : 0;
  }
}

void print_failure(std::ostream& out, const Case& failed, const Difference& difference) {
  out << fmt::format("{} {} {}\n  expected {}\n  got      {}\n", failed.id, failed.category,
                     difference.path.empty() ? "-" : difference.path, difference.expected, difference.got);
}

void print_table(std::ostream& out, const std::vector<FileTally>& files) {
  const auto row = [&](std::string_view indent, const Tally& tally) {
    out << fmt::format("{}{:<{}} {:>6}/{}\n", indent, tally.name, 40 - indent.size(), tally.passed, tally.total);
  };
  for (const FileTally& file : files) {
    row("", file.all);
    for (const Tally& category : file.categories) row("  ", category);
  }
}

void print_total(std::ostream& out, const std::vector<FileTally>& files) {
  std::size_t passed = 0;
  std::size_t total = 0;
  for (const FileTally& file : files) {
    passed += file.all.passed;
    total += file.all.total;
  }
  out << fmt::format("{} passed, {} failed\n", passed, total - passed);
}

}  // namespace willrun::conformance
