// Variables of settings: what protects and scopes them, and which level wins.
#include "eval/settings.hpp"

#include <gtest/gtest.h>

#include "support/load.hpp"

namespace willrun::eval {
namespace {

TEST(Scopes, MatchWholeNames) {
  EXPECT_TRUE(scope_matches("*", ""));
  EXPECT_TRUE(scope_matches("review/*", "review/app"));
  EXPECT_TRUE(scope_matches("*-prod", "eu-prod"));
  EXPECT_TRUE(scope_matches("a*b*c", "a-b-b-c"));
  EXPECT_FALSE(scope_matches("review/*", "production"));
  EXPECT_FALSE(scope_matches("prod", "production"));
  EXPECT_FALSE(scope_matches("", "x"));
  const std::string stars = std::string(40, '*') + std::string(40, 'a');
  EXPECT_FALSE(scope_matches(stars + "b", std::string(200, 'a')));
}

SettingVariable setting(const char* value, const char* scope = "*", bool is_protected = false) {
  return {testing_support::variable("A", value), is_protected, scope};
}

std::string value_of_a(const Trigger& trigger, const std::optional<std::string_view>& environment = {}) {
  std::string value = "none";
  each_setting(trigger, environment, [&](const Variable& variable, Level) { value = *variable.value; });
  return value;
}

TEST(Settings, OverrideByLevelAndScope) {
  Trigger trigger = Trigger::by_web("main");
  trigger.instance_variables = {setting("instance")};
  EXPECT_EQ(value_of_a(trigger), "instance");
  trigger.group_variables = {{setting("outer")}, {setting("inner")}};
  EXPECT_EQ(value_of_a(trigger), "inner");
  trigger.project_variables = {setting("exact", "prod"), setting("wild", "p*"), setting("all")};
  EXPECT_EQ(value_of_a(trigger), "all");
  EXPECT_EQ(value_of_a(trigger, "prod"), "exact");
  EXPECT_EQ(value_of_a(trigger, "preview"), "wild");
  trigger.variables = {testing_support::variable("A", "given")};
  EXPECT_EQ(value_of_a(trigger, "prod"), "given");
  trigger.schedule_variables = {testing_support::variable("A", "scheduled")};
  EXPECT_EQ(value_of_a(trigger), "scheduled");
}

TEST(Settings, ShowProtectedOnesToProtectedRefs) {
  Trigger trigger = Trigger::by_web("main");
  trigger.project_variables = {setting("secret", "*", true)};
  EXPECT_EQ(value_of_a(trigger), "none");
  trigger.ref_protected = true;
  EXPECT_EQ(value_of_a(trigger), "secret");
}

TEST(Settings, LeaveOutWhatAJobDoesNotInherit) {
  const Decision decision = testing_support::decide_text(
      "variables: {A: root, B: root}\n"
      "none: {script: x, inherit: {variables: false}, rules: [{if: $A == null}]}\n"
      "one: {script: x, inherit: {variables: [B]}, rules: [{if: $A == null && $B}]}\n"
      "all: {script: x, rules: [{if: $A && $B}]}\n",
      Trigger::by_web("main"));
  EXPECT_EQ(testing_support::print(decision),
            "created: test/none on_success rule0; test/one on_success rule0; test/all on_success rule0;");
  EXPECT_TRUE(details(decision, decision.jobs[0]).variables.empty());
}

}  // namespace
}  // namespace willrun::eval
