#include "model/duration.hpp"

#include <gtest/gtest.h>

namespace willrun::model {
namespace {

struct Row {
  const char* text;
  double seconds;  // 0: no duration
};

TEST(Duration, ReadsWhatPeopleWrite) {
  for (const Row& row : {Row{"60", 60},
                         {"30 seconds", 30},
                         {"5 min", 300},
                         {"1h", 3600},
                         {"2h30m", 9000},
                         {"1h 2m 3s", 3723},
                         {"3 hours 30 minutes", 12600},
                         {"1 day and 2 hours", 93600},
                         {"1.5 days", 129600},
                         {"1 week", 604800},
                         {"1 month", 2592000},
                         {"1:30", 90},
                         {"1:30:00", 5400},
                         {"Week", 604800},
                         {"", 0},
                         {"0", 0},
                         {"soon", 0},
                         {"-5 minutes", 0},
                         {"5 parsecs", 0},
                         {"1:x", 0}}) {
    EXPECT_DOUBLE_EQ(parse_duration(row.text).value_or(0), row.seconds) << row.text;
  }
}

}  // namespace
}  // namespace willrun::model
