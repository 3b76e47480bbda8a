#include "scenario/update.hpp"

#include "common/fixes.hpp"
#include "scenario/compare.hpp"
#include "scenario/edit.hpp"
#include "scenario/snapshot.hpp"

namespace willrun::scenario {

namespace {

constexpr std::string_view kExpect = "expect";

class Updater {
 public:
  Updater(const ScenarioFile& file, const std::vector<std::optional<Decision>>& decisions,
          const tools::Settings& settings)
      : file_(file), decisions_(decisions), settings_(settings), text_(file.nodes->files.text(FileId{})) {}

  UpdatedText run() {
    std::vector<Fix> all;
    for (std::size_t i = 0; i < file_.scenarios.size(); ++i) {
      if (!decisions_[i] || passes(file_.scenarios[i], *decisions_[i])) continue;
      const std::vector<Fix> fixes = fixes_of(i);
      (fixes.empty() ? result_.left : result_.updated).push_back(file_.scenarios[i].name);
      all.insert(all.end(), fixes.begin(), fixes.end());
    }
    result_.text = tools::with_fixes(text_, std::move(all)).text;
    return std::move(result_);
  }

 private:
  static bool passes(const Scenario& scenario, const Decision& decision) {
    return scenario.expect && compare(*scenario.expect, decision).empty();
  }

  // The least change that does it; none: nothing does.
  std::vector<Fix> fixes_of(std::size_t index) const {
    const Value& written = file_.scenario_value(index);
    const YamlNode& node = file_.places->node(written);
    const Decision& decision = *decisions_[index];
    const Scenario& scenario = file_.scenarios[index];
    const Value whole = snapshot(decision);
    std::vector<std::vector<Fix>> attempts;
    if (node.find(kExpect) == nullptr) {
      attempts.push_back(entry_fixes(text_, node, kExpect, whole));
    } else {
      if (scenario.expect)
        attempts.push_back(
            value_fixes(text_, node, kExpect, revised(*written.find(kExpect), *scenario.expect, decision)));
      attempts.push_back(rewrite_fixes(text_, node, kExpect, whole));
    }
    for (std::vector<Fix>& fixes : attempts) {
      if (!fixes.empty() && does_it(fixes, index)) return std::move(fixes);
    }
    return {};
  }

  bool does_it(const std::vector<Fix>& fixes, std::size_t index) const {
    const ScenarioFile changed =
        read_scenarios(tools::with_fixes(text_, fixes).text, std::string(file_.nodes->files.name(FileId{})), settings_);
    if (!changed.diagnostics.empty() || changed.scenarios.size() != file_.scenarios.size()) return false;
    if (!passes(changed.scenarios[index], *decisions_[index])) return false;
    for (std::size_t i = 0; i < file_.scenarios.size(); ++i) {
      const Scenario& before = file_.scenarios[i];
      const Scenario& after = changed.scenarios[i];
      if (before.name != after.name || !(before.given == after.given)) return false;
      if (i != index && !(file_.scenario_value(i) == changed.scenario_value(i))) return false;
    }
    return changed.configuration == file_.configuration;
  }

  const ScenarioFile& file_;
  const std::vector<std::optional<Decision>>& decisions_;
  const tools::Settings& settings_;
  std::string_view text_;
  UpdatedText result_;
};

}  // namespace

UpdatedText update(const ScenarioFile& file, const std::vector<std::optional<Decision>>& decisions,
                   const tools::Settings& settings) {
  return Updater(file, decisions, settings).run();
}

}  // namespace willrun::scenario
