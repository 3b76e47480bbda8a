// The standard workload: a configuration of N jobs with three rules each, the same text for the same N on every
// machine.
#pragma once

#include <fmt/format.h>

#include <random>
#include <string>

namespace willrun::bench {

// Draws the same numbers everywhere, unlike the standard distributions.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  int roll(int sides) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(sides)); }

 private:
  std::mt19937 engine_;
};

inline std::string condition(Dice& dice) {
  static constexpr const char* kSources[] = {
      "push", "web", "trigger", "schedule", "api", "pipeline", "merge_request_event", "parent_pipeline"};
  switch (dice.roll(8)) {
    case 0: return fmt::format(R"($CI_PIPELINE_SOURCE == "{}")", kSources[dice.roll(8)]);
    case 1: return fmt::format(R"($CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $DEPLOY_ENV == "env{}")", dice.roll(20));
    case 2: return fmt::format(R"($CI_COMMIT_REF_NAME =~ /^release\/v\d+\.{}/)", dice.roll(30));
    case 3: return fmt::format("$FEATURE_{}", dice.roll(50));
    case 4: {
      const int first = dice.roll(50);
      return fmt::format(R"(($FEATURE_{} == "on" || $FEATURE_{} == null) && $CI_PIPELINE_SOURCE != "schedule")", first,
                         dice.roll(50));
    }
    case 5: return R"($CI_COMMIT_TAG =~ /^v\d+\.\d+\.\d+$/i)";
    case 6: return fmt::format(R"($CI_COMMIT_BRANCH !~ /^(wip|tmp)-/ && $TIER == "t{}")", dice.roll(10));
    default: return R"($CI_MERGE_REQUEST_TARGET_BRANCH_NAME == "main")";
  }
}

inline void add_rule(std::string& out, int number, Dice& dice) {
  out += fmt::format("    - if: '{}'\n", condition(dice));
  const int effect = dice.roll(4);
  if (effect == 1) out += "      when: manual\n";
  if (effect == 2) out += fmt::format("      variables:\n        PICKED: \"r{}\"\n", number);
  if (effect == 3 && number < 2) out += "      when: never\n";
}

inline void add_job(std::string& out, int number, int stage, int per_stage, Dice& dice) {
  static constexpr const char* kStages[] = {"build", "test", "scan", "package", "deploy"};
  out += fmt::format("job_{:05}:\n  stage: {}\n  image: alpine:3.20\n", number, kStages[stage]);
  out += fmt::format("  variables:\n    JOB_IX: \"{}\"\n    MODE: \"m{}\"\n", number, dice.roll(5));
  out += fmt::format("  script:\n    - echo job {} on $CI_COMMIT_REF_NAME\n", number);
  out += "    - ./run.sh --mode $MODE --ix $JOB_IX\n";
  if (stage > 0 && number % 4 == 0) {
    const int needed = (stage - 1) * per_stage + dice.roll(per_stage);
    out += fmt::format("  needs:\n    - {{job: job_{:05}, optional: true}}\n", needed);
  }
  out += "  rules:\n";
  for (int rule = 0; rule < 3; ++rule) add_rule(out, rule, dice);
  out += "\n";
}

// About 430 bytes a job.
inline std::string configuration(int jobs) {
  Dice dice(20'240'601U + static_cast<std::uint32_t>(jobs));
  std::string out = "stages: [build, test, scan, package, deploy]\nvariables:\n";
  for (int i = 0; i < 50; ++i) {
    static constexpr const char* kStates[] = {"on", "off", ""};
    out += fmt::format("  FEATURE_{}: \"{}\"\n", i, kStates[dice.roll(3)]);
  }
  for (int i = 0; i < 10; ++i) out += fmt::format("  V{0}: \"value-{0}\"\n", i);
  out += "  TIER: \"t3\"\n  DEPLOY_ENV: \"env4\"\nworkflow:\n  rules:\n";
  out += "    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n";
  out += "    - if: $CI_COMMIT_BRANCH\n    - if: $CI_COMMIT_TAG\n\n";
  const int per_stage = std::max(1, (jobs + 4) / 5);
  for (int i = 0; i < jobs; ++i) add_job(out, i, std::min(i / per_stage, 4), per_stage, dice);
  return out;
}

}  // namespace willrun::bench
