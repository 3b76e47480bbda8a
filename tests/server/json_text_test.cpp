#include <gtest/gtest.h>

#include <string>

#include "server/json_text.hpp"

namespace willrun::server {
namespace {

std::string by_library(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

TEST(JsonText, WritesAsTheLibraryDoes) {
  for (const char* text :
       {"null", "true", "[]", "{}", "[[],{}]", R"({"a":1,"b":[true,false,null],"c":{"d":"e"}})",
        R"([0,-1,9223372036854775807,-9223372036854775808,18446744073709551615,1.5,1e300,-0.0])",
        R"(["","a\"b","a\\b","\u0000\b\t\n\f\r\u001f\u007f","ä€😀","</script>"])", R"({"":1,"a\"b\n":{"ö":[]}})"}) {
    const Json tree = Json::parse(text);
    EXPECT_EQ(to_text(tree), by_library(tree)) << text;
  }
}

TEST(JsonText, QuotesEveryByte) {
  for (int at = 0; at < 256 * 20; ++at) {
    const int byte = at % 256;
    std::string text(20, 'a');
    text[static_cast<std::size_t>(at / 256)] = static_cast<char>(byte);
    EXPECT_EQ(to_text(Json(text)), by_library(Json(text))) << byte;
    EXPECT_EQ(to_text(Json{{text, 1}}), by_library(Json{{text, 1}})) << byte;
  }
}

TEST(JsonText, PutsCommasWhereTheyBelong) {
  JsonText out;
  out.open_object();
  out.member("text", "a");
  out.member("number", 7U);
  out.member("flag", false);
  out.member_or_null("none", "");
  out.member_or_null("some", "b");
  out.key("list");
  out.open_array();
  out.value("c");
  out.open_object();
  out.close_object();
  out.raw("[1]");
  out.close_array();
  out.given_key("a\"");
  out.value(nullptr);
  out.close_object();
  EXPECT_EQ(out.text(),
            R"({"text":"a","number":7,"flag":false,"none":null,"some":"b","list":["c",{},[1]],"a\"":null})");
}

}  // namespace
}  // namespace willrun::server
