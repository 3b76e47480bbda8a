// `willrun dry-run`: would this trigger create a pipeline, with which jobs, and why are the others left out?
#include <CLI/CLI.hpp>
#include <ostream>

#include <nlohmann/json.hpp>
#include <willrun/config.hpp>
#include <willrun/decision.hpp>

#include "willrun/all_contexts.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/follow.hpp"
#include "willrun/messages.hpp"
#include "willrun/pipeline_flags.hpp"

namespace willrun::cli {

namespace {

class DryRun : public Command {
 public:
  std::string_view name() const override { return "dry-run"; }
  std::string_view purpose() const override { return "say whether a trigger would create a pipeline, and which jobs"; }
  std::string_view epilogue() const override {
    return "Exit codes: 0 a pipeline would be created, 1 it would not (skipped too), 2 wrong usage, 3 a file cannot "
           "be\n"
           "read.\n"
           "\n"
           "Examples:\n"
           "  willrun dry-run                                      if what is committed here were pushed now\n"
           "  willrun dry-run --worktree                           the same with what is not committed yet\n"
           "  willrun dry-run --source mr --target main            a merge request of this branch\n"
           "  willrun dry-run --ref feature --changed src/a.c      a push to a branch that changed one file\n"
           "  willrun dry-run --source trigger --ref main --input environment=production\n"
           "  willrun dry-run --source schedule --var NIGHTLY=1 --json\n";
  }

  void declare(CLI::App& app) override {
    pipeline_.declare(app);
    app.add_flag("--all", all_, "a table: jobs by the usual ways in which a pipeline starts");
    app.add_flag("--follow", follow_, "also child pipelines whose files are at hand");
    pipeline_.declare_reading(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    style_ = print_.style(line);
    style_.gitlab_texts = false;  // the decision gives them already
    const Question question = pipeline_.question(line);
    style_.paths = question.paths();
    if (!question.refusal.empty()) return refuse(line, question.refused());
    if (all_)
      return print_all_contexts(line, question.place.path, *question.opened.files, question.trigger, question.options);
    return decide_and_print(line, question);
  }

 private:
  Exit refuse(const CommandLine& line, const Decision& decision) const {
    const SourceFiles none;
    line.out << (print_.json ? to_json(decision, {}, none, style_.paths) : render(decision, none, style_));
    return Exit::findings;
  }

  Exit decide_and_print(const CommandLine& line, const Question& question) const {
    const Config config = question.load();
    const Decision decision = decide(config, question.trigger);
    const std::vector<Followed> children =
        follow_ ? follow(decision, question.trigger, *question.opened.files, question.options)
                : std::vector<Followed>();
    if (print_.json) {
      const std::string json = to_json(decision, config.diagnostics(), config.files(), style_.paths);
      line.out << (follow_ ? with_children(json, children) : json);
    } else {
      line.out << render(decision, config.files(), style_);
      if (!config.diagnostics().empty()) line.out << '\n';
      print_findings(line.out, config.diagnostics(), config.files(), style_, print_.quiet);
    }
    if (!print_.json) print_children(line, children);
    return decision.status == Decision::Status::created ? Exit::ok : Exit::findings;
  }

  // The object of a decision with those of the pipelines that its jobs start.
  std::string with_children(const std::string& json, const std::vector<Followed>& children) const {
    auto all = nlohmann::ordered_json::array();
    for (const Followed& child : children) {
      nlohmann::ordered_json pipeline;
      if (child.note.empty())
        pipeline = nlohmann::ordered_json::parse(
            to_json(child.decision, child.config.diagnostics(), child.config.files(), style_.paths));
      all.push_back({{"job", child.job}, {"note", child.note}, {"pipeline", std::move(pipeline)}});
    }
    auto whole = nlohmann::ordered_json::parse(json);
    whole["downstream"] = std::move(all);
    return whole.dump(2) + "\n";
  }

  void print_children(const CommandLine& line, const std::vector<Followed>& children) const {
    for (const Followed& child : children) {
      line.out << "\ndownstream of " << child.job << (child.note.empty() ? "" : ": " + child.note) << '\n';
      if (child.note.empty()) line.out << render(child.decision, child.config.files(), style_);
    }
  }

  bool all_ = false;
  bool follow_ = false;
  PipelineFlags pipeline_;
  PrintFlags print_;
  TextStyle style_;
};

}  // namespace

std::unique_ptr<Command> make_dry_run() { return std::make_unique<DryRun>(); }

}  // namespace willrun::cli
