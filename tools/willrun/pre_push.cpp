// `willrun pre-push`: what the hook of `willrun install-hook` runs.
#include <CLI/CLI.hpp>
#include <map>
#include <ostream>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/lint.hpp>
#include <willrun/outcome.hpp>
#include <willrun/report.hpp>

#include "common/recorded_files.hpp"
#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/levels.hpp"
#include "willrun/messages.hpp"
#include "willrun/pushed_ref.hpp"
#include "willrun/source_flags.hpp"

namespace willrun::cli {

namespace {

constexpr std::size_t kShortSha = 8;

// What is said of one commit, whatever refs it is pushed to.
enum class Verdict : std::uint8_t { none, unknown, accepted, refused };

class PrePush : public Command {
 public:
  std::string_view name() const override { return "pre-push"; }
  std::string_view purpose() const override { return "check what a push brings; git's hook runs this"; }
  std::string_view epilogue() const override {
    return "Standard input is what git gives a pre-push hook. For each branch and tag the configuration of its commit "
           "is\n"
           "checked, not the one on disk, and a line says which pipeline the push would start. Deletions and commits\n"
           "without a .gitlab-ci.yml pass. Everything goes to standard error.\n"
           "\n"
           "Exit codes: 0 the push may go on, 1 it is refused, 2 wrong usage, 3 a file cannot be read.\n"
           "\n"
           "Example, in a hook of your own:\n"
           "  willrun pre-push \"$@\"\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("REMOTE", remote_, "the remote's name, as git gives it")->type_name("");
    app.add_option("ADDRESS", address_, "the remote's address, as git gives it")->type_name("");
    app.add_flag("--strict", strict_, "warnings refuse the push too, and so does a pipeline that would fail at once");
  }

  Exit run(const CommandLine& line) override {
    if (line.in_terminal)
      throw UsageError("git gives the pushed refs on standard input; by hand, `willrun dry-run` answers the same");
    const std::vector<PushLine> pushes = read_push_lines(line.in);
    const tools::RepositoryFile place =
        tools::in_repository_around(line.directory, std::string(tools::kUsualConfiguration));
    const Surroundings surroundings = Surroundings::at(place.root);
    if (!surroundings.repository) {
      note(line, "this push is not checked: there is no git repository around " + place.root.string());
      return Exit::ok;
    }
    Exit code = Exit::ok;
    for (const PushLine& push : pushes) {
      if (push.deletes() || !(push.is_branch() || push.is_tag())) continue;
      if (check(line, push, place, surroundings) == Verdict::refused) code = Exit::findings;
    }
    return code;
  }

 private:
  Verdict check(const CommandLine& line, const PushLine& push, const tools::RepositoryFile& place,
                const Surroundings& surroundings) {
    const auto sha = surroundings.repository->resolve(push.local_sha);
    const auto tree = sha ? surroundings.repository->at(*sha) : std::nullopt;
    if (!tree || tree->read(place.path).missing) return Verdict::none;
    const auto [known, is_new] = verdicts_.emplace(*sha, Verdict::none);
    if (is_new) known->second = judge(line, push, *sha, place, surroundings.settings);
    Verdict verdict = known->second;
    std::string why = std::string(tools::kUsualConfiguration) + " of " + sha->substr(0, kShortSha) + " has errors" +
                      (strict_ ? " or warnings" : "");
    if (verdict == Verdict::accepted && !tell_pipeline(line, push, *sha, place, surroundings) && strict_) {
      verdict = Verdict::refused;
      why = "its pipeline would fail at once";
    }
    if (verdict == Verdict::refused)
      complain(line, push.shown() + " is refused: " + why + "; `git push --no-verify` goes past this check");
    return verdict;
  }

  static OpenedSource open(const CommandLine& line, const std::string& sha, const tools::RepositoryFile& place,
                           const tools::Settings& settings) {
    SourceFlags sources;
    sources.revision = sha;
    OpenedSource opened = sources.open(line, place, settings, [] { return tools::FileText(); });
    if (!opened.text.failure.empty()) throw CannotRun(place.path + ": " + opened.text.failure);
    return opened;
  }

  Verdict judge(const CommandLine& line, const PushLine& push, const std::string& sha,
                const tools::RepositoryFile& place, const tools::Settings& settings) const {
    const OpenedSource opened = open(line, sha, place, settings);
    tools::RecordedFiles files(*opened.files);
    Trigger trigger;
    trigger.source = PipelineSource::unknown;
    const Config config = load(place.path, files, trigger, {});
    if (lacks_files(line, push, config, files)) return Verdict::unknown;
    std::vector<Diagnostic> findings = gitlabs_at_levels(config.diagnostics(), config.files(), settings);
    for (Diagnostic& one : at_levels(lint_findings(config), settings)) findings.push_back(std::move(one));
    return print(line, findings, config, place) ? Verdict::refused : Verdict::accepted;
  }

  // Whether the configuration is refused for files that GitLab may well have.
  static bool lacks_files(const CommandLine& line, const PushLine& push, const Config& config,
                          const tools::RecordedFiles& files) {
    if (config.valid() || files.out_of_reach().empty()) return false;
    note(line, push.shown() + " is not checked: `" + *files.out_of_reach().begin() +
                   "` is out of reach (docs/settings.md says how other projects are found)");
    return true;
  }

  // Whether something stops the push. What does is printed whole, the rest a line each, and notes not at all.
  bool print(const CommandLine& line, const std::vector<Diagnostic>& findings, const Config& config,
             const tools::RepositoryFile& place) const {
    const Severity least = strict_ ? Severity::warning : Severity::error;
    std::vector<Diagnostic> stopping;
    std::vector<Diagnostic> others;
    for (const Diagnostic& one : findings) {
      if (one.severity != Severity::note) (one.severity >= least ? stopping : others).push_back(one);
    }
    TextStyle style;
    style.colour = line.err_terminal && !line.no_colour;
    style.paths = {place.prefix, place.folder};
    LintedFile rest;
    rest.valid = config.valid();
    rest.files = &config.files();
    rest.diagnostics = others;
    rest.paths = style.paths;
    line.err << to_short_text(std::span(&rest, 1));
    print_findings(line.err, stopping, config.files(), style, true);
    return !stopping.empty();
  }

  // False where GitLab would make a failed pipeline of it. That is no error of the file: variables of settings, which
  // are not known here, may decide otherwise.
  bool tell_pipeline(const CommandLine& line, const PushLine& push, const std::string& sha,
                     const tools::RepositoryFile& place, const Surroundings& surroundings) const {
    std::vector<std::string> notes;
    Trigger trigger = trigger_of(push, sha, address_, surroundings, notes);
    const OpenedSource opened = open(line, sha, place, surroundings.settings);
    trigger.tree = opened.files->tree();
    trigger.project_tree = opened.trees_of_projects();
    LoadOptions options;
    options.mode = LoadMode::pipeline;
    tools::RecordedFiles files(*opened.files);
    const Config config = load(place.path, files, trigger, options);
    if (lacks_files(line, push, config, files)) return true;
    for (const std::string& text : notes) note(line, push.shown() + ": " + text);
    const Decision decision = decide(config, trigger);
    const bool fails = decision.failure_reason == "config_error";
    line.err << (fails && !strict_ ? "warning: " : "") << push.shown() << ": " << outcome(decision) << '\n';
    if (fails && !strict_) note(line, "`willrun install-hook --strict` stops such a push");
    return !fails;
  }

  std::string remote_;
  std::string address_;
  bool strict_ = false;
  std::map<std::string, Verdict> verdicts_;  // by sha
};

}  // namespace

std::unique_ptr<Command> make_pre_push() { return std::make_unique<PrePush>(); }

}  // namespace willrun::cli
