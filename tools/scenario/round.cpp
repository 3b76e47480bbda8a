#include "scenario/round.hpp"

#include <algorithm>

#include <willrun/coverage.hpp>

#include "common/wildcard.hpp"
#include "scenario/compare.hpp"
#include "scenario/coverage.hpp"
#include "scenario/found.hpp"
#include "scenario/names.hpp"
#include "scenario/way_in.hpp"

namespace willrun::scenario {

namespace {

class Runner {
 public:
  Runner(ScenarioFile file, FileSource& files, const RoundOptions& options) : options_(options) {
    round_.file = std::move(file);
    round_.configurations = std::make_unique<Configurations>(round_.file.configuration, files, options.load);
  }

  Round run() {
    for (const Scenario& scenario : round_.file.scenarios) decide_one(scenario);
    check_names();
    if (round_.file.diagnostics.empty()) compare_all();
    return std::move(round_);
  }

 private:
  // Which paths there are is the same for all, and stays out of what is kept for each.
  Trigger whole_trigger(const Scenario& scenario) const {
    Trigger trigger = scenario.trigger;
    trigger.config_path = round_.file.configuration;
    if (!trigger.tree) trigger.tree = options_.paths;
    trigger.project_tree = options_.project_tree;
    return trigger;
  }

  void decide_one(const Scenario& scenario) {
    const Trigger trigger = whole_trigger(scenario);
    round_.loaded.push_back(&round_.configurations->load(trigger));
    std::optional<Decision>& decision = round_.decisions.emplace_back();
    if (options_.only.empty() || tools::matches_wildcard(options_.only, scenario.name))
      decision = decide(*round_.loaded.back(), trigger);
  }

  JobNames all_names() const {
    JobNames known;
    for (const LoadedConfiguration& loaded : round_.configurations->all()) {
      if (!loaded.program) continue;
      for (const RuleList& list : rule_lists(*loaded.program)) {
        if (!list.job.empty()) known.emplace(list.job);
      }
    }
    return known;
  }

  // A name under `absent` that no configuration has would hold for ever, whatever becomes of the job that was meant.
  void check_names() {
    const JobNames known = all_names();
    for (std::size_t i = 0; i < round_.decisions.size(); ++i) {
      const auto& expect = round_.file.scenarios[i].expect;
      if (!round_.decisions[i] || !expect || !round_.loaded[i]->program) continue;
      for (const ExpectedJob& job : expect->absent) {
        const auto names = [&](const std::string& one) { return tools::matches_wildcard(job.name, one); };
        if (std::ranges::any_of(known, names)) continue;
        round_.file.diagnostics.push_back(wrong_scenario(
            job.span, "there is no job `" + job.name + "` that could be absent", advice(job.name, known)));
      }
    }
  }

  void compare_all() {
    Coverage coverage;
    for (const LoadedConfiguration& loaded : round_.configurations->all()) {
      if (loaded.program) coverage.add(*loaded.program, loaded.config.files());
    }
    for (std::size_t i = 0; i < round_.decisions.size(); ++i) {
      if (!round_.decisions[i]) continue;
      round_.results.push_back(compare_one(round_.file.scenarios[i], *round_.decisions[i], *round_.loaded[i]));
      if (round_.loaded[i]->program) coverage.reach(*round_.decisions[i], round_.loaded[i]->config.files());
    }
    round_.coverage = coverage.report();
  }

  ScenarioResult compare_one(const Scenario& scenario, const Decision& decision,
                             const LoadedConfiguration& loaded) const {
    ScenarioResult result;
    result.name = scenario.name;
    result.span = scenario.span;
    result.configuration = &loaded.config.files();
    const auto& found = loaded.config.diagnostics();
    const auto error = std::ranges::find(found, Severity::error, &Diagnostic::severity);
    if (!loaded.program && error != found.end()) result.refusal = &*error;
    if (scenario.expect) {
      result.differences = compare(*scenario.expect, decision);
    } else {
      result.differences.push_back(nothing_expected(scenario, decision));
    }
    if (loaded.program && !result.passed())
      add_ways_in(result.differences, decision, *loaded.program, whole_trigger(scenario));
    return result;
  }

  static Difference nothing_expected(const Scenario& scenario, const Decision& decision) {
    Difference nothing;
    nothing.key = "expect";
    nothing.span = scenario.span;
    nothing.expected = "nothing";
    nothing.found = outcome_text(decision);
    nothing.advice = "--update writes what is decided now";
    return nothing;
  }

  const RoundOptions& options_;
  Round round_;
};

}  // namespace

Round run(ScenarioFile file, FileSource& files, const RoundOptions& options) {
  return Runner(std::move(file), files, options).run();
}

}  // namespace willrun::scenario
