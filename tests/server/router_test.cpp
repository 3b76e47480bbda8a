// Which route a request meets, and what the path gives it.
#include "server/router.hpp"

#include <gtest/gtest.h>

namespace willrun::server {
namespace {

std::string met(std::string_view method, std::string_view path) {
  const Match found = match(routes(), method, path);
  if (found.route == nullptr) return "none";
  std::string text(found.route->pattern);
  for (const auto& [name, value] : found.path) text.append(" ").append(name).append("=").append(value);
  return text;
}

TEST(Router, MatchesPartsAsTheyWereSent) {
  constexpr std::string_view kTrigger = "/api/v4/projects/:id/trigger/pipeline";
  constexpr std::string_view kOfRef = "/api/v4/projects/:id/ref/*ref/trigger/pipeline";
  const auto with = [](std::string_view pattern, std::string_view parts) {
    return std::string(pattern).append(" ").append(parts);
  };
  EXPECT_EQ(met("POST", "/api/v4/projects/1/trigger/pipeline"), with(kTrigger, "id=1"));
  EXPECT_EQ(met("POST", "/api/v4/projects/a%2Fb/trigger/pipeline"), with(kTrigger, "id=a/b"));
  EXPECT_EQ(met("POST", "/api/v4/projects/a/b/trigger/pipeline"), "none");
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/main/trigger/pipeline"), with(kOfRef, "id=1 ref=main"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/v1.2/trigger/pipeline"), with(kOfRef, "id=1 ref=v1.2"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/feature%2Fx/trigger/pipeline"), with(kOfRef, "id=1 ref=feature/x"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/feature/x/trigger/pipeline"), with(kOfRef, "id=1 ref=feature/x"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/a+b%2B/trigger/pipeline"), with(kOfRef, "id=1 ref=a+b+"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref/%252e/trigger/pipeline"), with(kOfRef, "id=1 ref=%2e"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/ref//trigger/pipeline"), "none");
  EXPECT_EQ(met("GET", "/api/v4/projects/1/trigger/pipeline"), "none");
  EXPECT_EQ(met("POST", "/api/v4/projects//trigger/pipeline"), "none");
  EXPECT_EQ(met("POST", "/api/v4/projects/1/trigger/pipeline/"), with(kTrigger, "id=1"));
  EXPECT_EQ(met("POST", "/api/v4/projects/1/trigger/pipeline//"), with(kTrigger, "id=1"));
  EXPECT_EQ(met("GET", "/api/v4/projects/1/pipelines/5/jobs"),
            "/api/v4/projects/:id/pipelines/:pipeline_id/jobs id=1 pipeline_id=5");
  EXPECT_EQ(met("DELETE", "/api/v4/projects/1/triggers/3"),
            "/api/v4/projects/:id/triggers/:trigger_id id=1 trigger_id=3");
  EXPECT_EQ(met("GET", "/healthz"), "/healthz");
  EXPECT_EQ(met("GET", ""), "none");
}

}  // namespace
}  // namespace willrun::server
