#include "diag/codes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace willrun::diag {
namespace {

TEST(Codes, IdsAndNamesAreUnique) {
  std::set<std::string_view> seen;
  std::string_view last;
  for (const CodeRow& row : all_codes()) {
    EXPECT_TRUE(seen.insert(row.id).second) << row.id;
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_LT(last, row.id);
    EXPECT_FALSE(row.meaning.empty()) << row.id;
    last = row.id;
  }
}

}  // namespace
}  // namespace willrun::diag
