#include "base/components.hpp"

#include <gtest/gtest.h>

namespace willrun {
namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

TEST(Components, ComeAfterWhatTheyPointTo) {
  EXPECT_EQ(strongly_connected_components({{1}, {2}, {}}), (Lists{{2}, {1}, {0}}));
  EXPECT_EQ(strongly_connected_components({}), Lists{});
}

TEST(Components, ListACircleInTheOrderOfMeeting) {
  EXPECT_EQ(strongly_connected_components({{1}, {2}, {0}}), (Lists{{0, 1, 2}}));
  EXPECT_EQ(strongly_connected_components({{2}, {}, {3}, {2, 1}}), (Lists{{1}, {2, 3}, {0}}));
}

TEST(Components, DoNotRecurse) {
  Lists chain(200'000);
  for (std::uint32_t i = 0; i + 1 < chain.size(); ++i) chain[i] = {i + 1};
  EXPECT_EQ(strongly_connected_components(chain).size(), chain.size());
}

}  // namespace
}  // namespace willrun
