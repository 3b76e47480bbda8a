// What explain() says would let a job in does let it in: random lists of rules, and the evaluator itself as the judge.
#include <willrun/explain.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "support/load.hpp"

namespace willrun {
namespace {

using testing_support::variable;

std::string joined(std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text.append(part);
  return text;
}

class Random {
 public:
  explicit Random(unsigned seed) : generator_(seed) {}
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(generator_); }
  bool coin() { return below(2) == 0; }
  std::string name() { return std::string(1, static_cast<char>('A' + below(4))); }
  std::string value() { return std::string(1, static_cast<char>('x' + below(3))); }

  std::string condition(int depth) {
    switch (below(depth > 0 ? 8 : 5)) {
      case 0: return joined({"$", name()});
      case 1: return joined({"$", name(), " == \"", value(), "\""});
      case 2: return joined({"$", name(), " != \"", value(), "\""});
      case 3: return joined({"$", name(), " == null"});
      case 4: return joined({"$", name(), " == $", name()});
      case 5: return joined({"(", condition(depth - 1), " && ", condition(depth - 1), ")"});
      case 6: return joined({"(", condition(depth - 1), " || ", condition(depth - 1), ")"});
      default: return joined({"!(", condition(depth - 1), ")"});
    }
  }

 private:
  std::mt19937 generator_;
};

std::string configuration(Random& random) {
  std::string text = "k: {script: x}\nj:\n  script: x\n  rules:\n";
  for (std::size_t i = 0; i <= random.below(3); ++i) {
    text += joined({"    - if: '", random.condition(2), "'\n"});
    if (random.below(3) == 0) text += "      when: never\n";
  }
  return text;
}

// Makes the trigger differ as the clause says: `$A were "x"`, `$A were not set` ...
void apply(const std::string& clause, Trigger& trigger) {
  const std::string name = clause.substr(1, 1);
  const std::string rest = clause.substr(3);
  std::erase_if(trigger.variables, [&](const Variable& one) { return one.key == name; });
  if (rest == "were not set") return;
  const bool other = rest == "were set" || rest.starts_with("were not ");
  trigger.variables.push_back(variable(name, other ? "something else" : rest.substr(6, rest.size() - 7)));
}

bool has_job(const Decision& decision) {
  return std::ranges::count(decision.jobs, std::string_view("j"), &JobDecision::name) > 0;
}

TEST(WayInProperty, LetsTheJobIn) {
  std::size_t ways = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    const std::string text = configuration(random);
    Trigger trigger = Trigger::push("main");
    for (const char* name : {"A", "B", "C", "D"}) {
      if (random.coin()) trigger.variables.push_back(variable(name, random.below(4) == 0 ? "" : random.value()));
    }
    MemoryFiles files;
    files.add(".gitlab-ci.yml", text);
    const auto program = compile(load(".gitlab-ci.yml", files, trigger));
    ASSERT_TRUE(program.has_value()) << text;
    const Explanation explained = explain(*program, trigger, "j");
    if (has_job(explained.decision)) {
      EXPECT_FALSE(explained.way_in.has_value()) << text;
      continue;
    }
    if (!explained.way_in) continue;
    ++ways;
    std::string said;
    for (const std::string& clause : explained.way_in->differences) {
      said += clause + "\n";
      apply(clause, trigger);
    }
    EXPECT_TRUE(has_job(decide(*program, trigger))) << text << said;
  }
  EXPECT_GT(ways, 500u);
}

}  // namespace
}  // namespace willrun
