#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace willrun {
namespace {

TEST(Utf8, RefusesWhatIsNotUtf8) {
  for (const char* bad :
       {"\xff", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x9f\x98", "a\x80"}) {
    EXPECT_FALSE(utf8::is_valid(bad)) << testing::PrintToString(bad);
  }
  for (const char* good : {"", "a", "é", "日本", "\xf4\x8f\xbf\xbf", "😀x"}) EXPECT_TRUE(utf8::is_valid(good)) << good;
}

TEST(Utf8, CountsCodePoints) {
  EXPECT_EQ(utf8::length("aé日😀"), 4U);
  EXPECT_EQ(utf8::length("a\xff\xfe"), 3U);
  EXPECT_EQ(utf8::offset_of("aé日", 2), 3U);
  EXPECT_EQ(utf8::offset_of("aé", 9), 3U);
}

TEST(Utf8, AppendsWhatItDecodes) {
  std::string out;
  for (const char32_t c : {U'a', U'é', U'日', U'😀'}) utf8::append(out, c);
  EXPECT_EQ(out, "aé日😀");
}

TEST(Utf8, BlankIsUnicodeWhiteSpace) {
  EXPECT_TRUE(utf8::is_blank(""));
  EXPECT_TRUE(utf8::is_blank(" \t\n\u3000\u00a0"));
  EXPECT_FALSE(utf8::is_blank(" x"));
  EXPECT_FALSE(utf8::is_blank("\u200b"));
}

TEST(Utf8, LowersEveryScript) {
  EXPECT_EQ(utf8::lowercase("My Jöb ÉTÉ ДА ΣΑΣ\xff"), "my jöb été да σασ\xff");
  EXPECT_EQ(utf8::lowercase("İ"), "i\u0307");
}

TEST(Utf8, KnowsTerminalWidths) {
  EXPECT_EQ(utf8::width(U'a'), 1);
  EXPECT_EQ(utf8::width(U'日'), 2);
  EXPECT_EQ(utf8::width(U'\u0301'), 0);
}

}  // namespace
}  // namespace willrun
