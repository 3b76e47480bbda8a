// Times as tables: a text, and the moment that it names.
#include "server/times.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

std::string read(std::string_view text) {
  const auto time = parse_time(text);
  return time ? iso_time(*time) : "none";
}

TEST(Times, AreReadInManyForms) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"2027-02-01", "2027-02-01T00:00:00.000Z"},
      {"2027-2-1", "2027-02-01T00:00:00.000Z"},
      {"2027/02/01", "2027-02-01T00:00:00.000Z"},
      {"20270201", "2027-02-01T00:00:00.000Z"},
      {"1-2-2027", "2027-02-01T00:00:00.000Z"},
      {"1 Feb 2027", "2027-02-01T00:00:00.000Z"},
      {"01-february-2027", "2027-02-01T00:00:00.000Z"},
      {"2027-02-01T10:00", "2027-02-01T10:00:00.000Z"},
      {"2027-02-01 10:00:05", "2027-02-01T10:00:05.000Z"},
      {"2027-02-01T10:00:05.1239Z", "2027-02-01T10:00:05.123Z"},
      {"2027-02-01 10:00:05 UTC", "2027-02-01T10:00:05.000Z"},
      {"2027-02-01T10:00:05+02:00", "2027-02-01T08:00:05.000Z"},
      {"2027-02-01T10:00:05-0230", "2027-02-01T12:30:05.000Z"},
      {"2027-02-01T10:00:05+02", "2027-02-01T08:00:05.000Z"},
      {"2028-02-29", "2028-02-29T00:00:00.000Z"},
      {"", "none"},
      {"abc", "none"},
      {"2308", "none"},
      {"01/01/2050", "none"},
      {"25/26/27", "none"},
      {"2027-02-29", "none"},
      {"2027-13-01", "none"},
      {"2027-00-01", "none"},
      {"2027-02/01", "none"},
      {"202702011", "none"},
      {"1 Fev 2027", "none"},
      {"2027-02-01T", "none"},
      {"2027-02-01T25:00", "none"},
      {"2027-02-01T10:61", "none"},
      {"2027-02-01T10:00+15:00", "none"},
      {"2027-02-01T10:00 CET", "none"},
      {"2027-02-01x", "none"},
  };
  for (const auto& [text, time] : rows) EXPECT_EQ(read(text), time) << text;
}

TEST(Times, OfHeadersHaveADayOfTheWeek) {
  EXPECT_EQ(iso_time(*parse_http_time("Fri, 15 Jan 2027 08:00:00 GMT")), "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(iso_time(*parse_http_time("2027-01-15T08:00:00Z")), "2027-01-15T08:00:00.000Z");
  EXPECT_FALSE(parse_http_time("Fri, 15"));
}

}  // namespace
}  // namespace willrun::server
