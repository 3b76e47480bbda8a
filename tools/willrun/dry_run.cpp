// `willrun dry-run`: would this trigger create a pipeline, with which jobs, and why are the others left out?
#include <CLI/CLI.hpp>
#include <ostream>

#include <nlohmann/json.hpp>
#include <willrun/config.hpp>
#include <willrun/decision.hpp>

#include "common/read_file.hpp"
#include "common/repository.hpp"
#include "willrun/all_contexts.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/follow.hpp"
#include "willrun/messages.hpp"
#include "willrun/source_flags.hpp"
#include "willrun/trigger_flags.hpp"

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
    trigger_.declare(app);
    app.add_option("--file", file_, "the configuration, from the repository's root (default: .gitlab-ci.yml)")
        ->type_name("PATH");
    app.add_option("--repo", repository_, "the repository's root (default: the one around this folder)")
        ->type_name("DIR");
    app.add_flag("--all", all_, "a table: jobs by the usual ways in which a pipeline starts");
    app.add_flag("--follow", follow_, "also child pipelines whose files are at hand");
    sources_.declare(app);
    load_.declare(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    const LoadOptions options = load_.options(LoadMode::pipeline);
    style_ = print_.style(line);
    std::vector<std::string> notes;
    const tools::RepositoryFile place = repository(line);
    const Surroundings surroundings = Surroundings::at(place.root);
    std::string refusal;
    Trigger trigger = trigger_.trigger(line.directory, surroundings, refusal, notes);
    if (!refusal.empty()) return refuse(line, refusal);
    SourceFlags sources = sources_;
    const bool of_commit = surroundings.repository && trigger_.context.empty() && !trigger_.worktree;
    if (of_commit && sources.revision.empty()) sources.revision = trigger.sha;
    style_.paths = {place.prefix, place.folder};
    style_.gitlab_texts = false;  // the decision gives them already
    trigger.config_path = place.path;
    const OpenedSource opened =
        sources.open(place, surroundings.settings, [&] { return tools::read_file(place.root / place.path); });
    if (!opened.text.failure.empty()) throw CannotRun(shown_name(place) + ": " + opened.text.failure);
    if (!trigger.tree) trigger.tree = opened.files->tree();
    if (!trigger.tree) notes.push_back("--repo holds too many files to list: rules:exists is answered without them");
    for (const std::string& text : notes) note(line, text);
    if (all_) return print_all_contexts(line, place.path, *opened.files, trigger, options);
    return decide_and_print(line, load(place.path, *opened.files, trigger, options), trigger, *opened.files, options);
  }

 private:
  // GitLab looks no further where it does not know the ref.
  Exit refuse(const CommandLine& line, const std::string& text) const {
    Decision decision;
    decision.stopped_at = Step::repository;
    decision.errors.push_back(text);
    const SourceFiles none;
    line.out << (print_.json ? to_json(decision, {}, none, style_.paths) : render(decision, none, style_));
    return Exit::findings;
  }

  tools::RepositoryFile repository(const CommandLine& line) const {
    if (!repository_.empty()) return tools::in_repository(line.directory, repository_, file_);
    std::error_code error;
    const std::filesystem::path stand = std::filesystem::absolute(line.directory, error).lexically_normal();
    const std::filesystem::path root = tools::repository_root(stand).value_or(stand);
    return tools::in_repository(stand, root.lexically_relative(stand), file_);
  }

  static std::string shown_name(const tools::RepositoryFile& place) {
    const bool below = !place.folder.empty() && place.path.starts_with(place.folder);
    return below ? place.path.substr(place.folder.size()) : place.prefix + place.path;
  }

  Exit decide_and_print(const CommandLine& line, const Config& config, const Trigger& trigger, tools::Sources& files,
                        const LoadOptions& options) const {
    const Decision decision = decide(config, trigger);
    const std::vector<Followed> children =
        follow_ ? follow(decision, trigger, files, options) : std::vector<Followed>();
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
  TriggerFlags trigger_;
  std::string file_ = ".gitlab-ci.yml";
  std::string repository_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
  TextStyle style_;
};

}  // namespace

std::unique_ptr<Command> make_dry_run() { return std::make_unique<DryRun>(); }

}  // namespace willrun::cli
