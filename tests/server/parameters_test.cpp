// Parameters as tables: what was sent, and the tree that it gives.
#include "server/parameters.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

std::string shown(const Request& request, const ParameterLimits& limits = {}) {
  try {
    return to_text(read_parameters(request, limits));
  } catch (const WrongParameters& wrong) {
    return std::to_string(wrong.status) + " " + wrong.error;
  }
}

std::string of_query(std::string_view query) {
  Request request;
  request.method = "POST";
  request.target = "/x?" + std::string(query);
  return shown(request);
}

std::string of_body(std::string_view type, std::string_view body, std::string_view query = {}) {
  Request request;
  request.method = "POST";
  request.target = "/x?" + std::string(query);
  if (!type.empty()) request.headers.push_back({"content-type", std::string(type)});
  request.body = body;
  return shown(request);
}

struct Row {
  std::string_view sent;
  std::string_view tree;
};

TEST(Query, NestsAsRackDoes) {
  const Row rows[] = {
      {"", "{}"},
      {"a=1&b=2", R"({"a":"1","b":"2"})"},
      {"a=1;b=2", R"({"a":"1","b":"2"})"},
      {"a=1&a=2", R"({"a":"2"})"},
      {"a", R"({"a":null})"},
      {"a=", R"({"a":""})"},
      {"=1", "{}"},
      {"&&a=1&&", R"({"a":"1"})"},
      {"a=b=c", R"({"a":"b=c"})"},
      {"a=x+y%20z", R"({"a":"x y z"})"},
      {"variables[A]=1&variables[B]=2", R"({"variables":{"A":"1","B":"2"}})"},
      {"variables%5BA%5D=1", R"({"variables":{"A":"1"}})"},
      {"variables[A]=1&variables[A]=2", R"({"variables":{"A":"2"}})"},
      {"variables[A]", R"({"variables":{"A":null}})"},
      {"variables[]=a", R"({"variables":["a"]})"},
      {"variables[A][B]=c", R"({"variables":{"A":{"B":"c"}}})"},
      {"inputs[l][]=a&inputs[l][]=b", R"({"inputs":{"l":["a","b"]}})"},
      {"inputs[a.b]=1", R"({"inputs":{"a.b":"1"}})"},
      {"a[b]c=1", R"({"a":{"b":{"c":"1"}}})"},
      {"a[=1", R"({"a[":"1"})"},
      {"[a]=1", R"({"a":"1"})"},
      {"a]=1", R"({"a":"1"})"},
      {"v[][key]=A&v[][value]=1&v[][key]=B&v[][value]=2", R"({"v":[{"key":"A","value":"1"},{"key":"B","value":"2"}]})"},
      {"v[][a][b]=1&v[][a][c]=2", R"({"v":[{"a":{"b":"1","c":"2"}}]})"},
      {"a=1&a[b]=2", "400 expected Hash (got string) for param `a'"},
      {"a=1&a[]=2", "400 expected Array (got string) for param `a'"},
      {"a[]=1&a[b]=2", "400 expected Hash (got array) for param `a'"},
      {"a=%zz", "400 invalid %-encoding"},
      {"a=%", "400 invalid %-encoding"},
      {"a=%ff", "400 a parameter is no UTF-8"},
      {"%ff=1", "400 a parameter is no UTF-8"},
      {"a=%ed%a0%80", "400 a parameter is no UTF-8"},
      {"a=%c0%80", "400 a parameter is no UTF-8"},
      {"a=%f0%9f%98%80", "{\"a\":\"\xF0\x9F\x98\x80\"}"},
      {"a=%00", "400 a parameter holds a null byte"},
  };
  for (const Row& row : rows) EXPECT_EQ(of_query(row.sent), row.tree) << row.sent;
}

TEST(Bodies, AreReadByTheirType) {
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  constexpr std::string_view kJson = "application/json; charset=utf-8";
  EXPECT_EQ(of_body(kForm, "a=1&b[c]=2"), R"({"a":"1","b":{"c":"2"}})");
  EXPECT_EQ(of_body(kForm, "a=1;b=2& c=3"), R"({"a":"1;b=2","c":"3"})");
  EXPECT_EQ(of_body(kForm, std::string("a=1\0", 4)), R"({"a":"1"})");
  EXPECT_EQ(of_body(kJson, R"({"a":1,"b":{"c":[true,null]}})"), R"({"a":1,"b":{"c":[true,null]}})");
  EXPECT_EQ(of_body("", R"({"a":1})"), R"({"a":1})");
  EXPECT_EQ(of_body(kJson, "[1,2]"), "{}");
  EXPECT_EQ(of_body(kJson, "{\"a\":"), "400 message body does not match declared format");
  EXPECT_EQ(of_body(kJson, "{\"a\":\"\xFF\"}"), "400 message body does not match declared format");
  EXPECT_EQ(of_body(kJson, R"({"a":1e308})"), R"({"a":1e+308})");
  EXPECT_EQ(of_body(kJson, R"({"a":1e400})"), "400 a number of the JSON body is too large");
  EXPECT_EQ(of_body(kJson, R"({"a":"\u0000"})"), "400 a parameter holds a null byte");
  EXPECT_EQ(of_body("multipart/form-data", "a=1"), R"({"a":"1"})");  // without a boundary
  EXPECT_EQ(of_body("multipart/form-data; boundary=", "a=1"), R"({"a":"1"})");
  EXPECT_EQ(of_body("text/xml", "<a/>"), "415 The provided content-type 'text/xml' is not supported.");
}

TEST(Bodies, GoOverTheQuery) {
  EXPECT_EQ(of_body("application/json", R"({"b":{"c":2},"d":3})", "a=1&b[x]=9"), R"({"a":"1","b":{"c":2},"d":3})");
  Request get;
  get.method = "GET";
  get.target = "/x?a=1";
  get.headers = {{"Content-Type", "application/json"}};
  get.body = R"({"a":2})";
  EXPECT_EQ(shown(get), R"({"a":"1"})");
  get.headers = {{"Content-Type", "text/xml"}};
  EXPECT_EQ(shown(get), R"({"a":"1"})");
  get.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  get.body = "a=2&b=3";
  EXPECT_EQ(shown(get), R"({"a":"2","b":"3"})");
}

TEST(Multipart, IsReadPartByPart) {
  const auto body = [](std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
  };
  constexpr std::string_view kType = "multipart/form-data; boundary=xyz";
  const auto part = [](std::string_view name, std::string_view content) {
    return "--xyz\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\n\n" + std::string(content) +
           "\n";
  };
  EXPECT_EQ(of_body(kType, body(part("token", "t") + part("variables[A]", "1\n2") + "--xyz--\n")),
            R"({"token":"t","variables":{"A":"1\r\n2"}})");
  EXPECT_EQ(of_body(kType, body("preamble\n" + part("a", "") + "--xyz--\n")), R"({"a":""})");
  EXPECT_EQ(
      of_body(kType, body("--xyz\nContent-Disposition: form-data; name=\"a\"; filename=\"x;y.txt\"\nContent-Type: "
                          "text/plain\n\ntext\n--xyz--\n")),
      R"({"a":{"filename":"x;y.txt","type":"text/plain","name":"a"}})");
  EXPECT_EQ(of_body("multipart/form-data; boundary=\"x y\"",
                    body("--x y\ncontent-disposition: form-data; name=a\n\n1\n--x y--\n")),
            R"({"a":"1"})");
  const std::string_view wrong = "400 the multipart body cannot be read";
  EXPECT_EQ(of_body(kType, body(part("a", "1"))), wrong);
  EXPECT_EQ(of_body(kType, "nothing"), wrong);
}

TEST(Limits, EndInAnAnswer) {
  std::string many = "a=1";
  for (int i = 0; i < 100'000; ++i) many += "&a=1";
  EXPECT_EQ(of_query(many), "400 there are too many parameters");
  std::string deep = "a";
  for (int i = 0; i < 200; ++i) deep += "[x]";
  EXPECT_EQ(of_query(deep + "=1"), "400 parameters are nested too deeply");
  std::string keys = "{";
  for (int i = 0; i < 100'000; ++i) keys += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
  EXPECT_EQ(of_body("application/json", keys + "}"), "400 the JSON body has too many keys");
  EXPECT_EQ(of_body("application/json", std::string(5'000, '[') + std::string(5'000, ']')),
            "400 the JSON body is nested too deeply");
}

}  // namespace
}  // namespace willrun::server
