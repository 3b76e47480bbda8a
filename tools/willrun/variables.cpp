// `willrun variables`: what rules would see.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>
#include <willrun/decision.hpp>

#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kMasked = "[MASKED]";

std::string shown(const VisibleVariable& variable) {
  if (variable.masked) return std::string(kMasked);
  std::string text;
  for (const char c : variable.value.value_or("")) text += c == '\n' ? std::string("\\n") : std::string(1, c);
  return text;
}

// Who sees it: includes, workflow rules, job rules.
std::string phases(const VisibleVariable& variable) {
  std::string letters;
  letters += variable.in_includes ? 'I' : '-';
  letters += variable.in_workflow ? 'W' : '-';
  letters += variable.in_jobs ? 'J' : '-';
  return letters;
}

class Variables : public Command {
 public:
  std::string_view name() const override { return "variables"; }
  std::string_view purpose() const override {
    return "print the variables that rules would see, and where each comes from";
  }
  std::string_view epilogue() const override {
    return "A line a variable: who sees it (I rules of includes, W of the workflow, J of jobs), the level that gives "
           "its\n"
           "value, name and value. Masked values are not printed.\n"
           "\n"
           "Exit codes: 0 printed, 1 there is no such ref, 2 wrong usage, 3 a file cannot be read.\n"
           "\n"
           "Examples:\n"
           "  willrun variables --source trigger --ref main --var DEPLOY=prod\n"
           "  willrun variables --source mr | grep TARGET\n";
  }

  void declare(CLI::App& app) override {
    trigger_.declare(app);
    app.add_flag("--json", json_, "print one JSON object");
  }

  Exit run(const CommandLine& line) override {
    const std::filesystem::path root = tools::in_repository_around(line.directory, {}).root;
    std::string refusal;
    std::vector<std::string> notes;
    const Trigger trigger = trigger_.trigger(line.directory, Surroundings::at(root), refusal, notes);
    for (const std::string& text : notes) note(line, text);
    if (!refusal.empty()) {
      complain(line, refusal);
      return Exit::findings;
    }
    print(line, visible_variables(trigger));
    return Exit::ok;
  }

 private:
  void print(const CommandLine& line, const std::vector<VisibleVariable>& variables) const {
    if (json_) {
      auto all = nlohmann::ordered_json::array();
      for (const VisibleVariable& variable : variables) {
        all.push_back({{"name", variable.name},
                       {"value", variable.masked ? nlohmann::ordered_json(nullptr)
                                                 : nlohmann::ordered_json(variable.value.value_or(""))},
                       {"masked", variable.masked},
                       {"level", variable.level},
                       {"includes", variable.in_includes},
                       {"workflow", variable.in_workflow},
                       {"jobs", variable.in_jobs}});
      }
      line.out << nlohmann::ordered_json{{"variables", all}}.dump(2, ' ', false,
                                                                  nlohmann::json::error_handler_t::replace)
               << '\n';
      return;
    }
    std::size_t widest = 0;
    for (const VisibleVariable& variable : variables) widest = std::max(widest, variable.level.size());
    for (const VisibleVariable& variable : variables) {
      line.out << phases(variable) << "  " << variable.level << std::string(widest - variable.level.size() + 2, ' ')
               << variable.name << " = " << shown(variable) << '\n';
    }
  }

  TriggerFlags trigger_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_variables() { return std::make_unique<Variables>(); }

}  // namespace willrun::cli
