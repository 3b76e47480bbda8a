// `willrun test`: scenario tests of a configuration.
#include <CLI/CLI.hpp>
#include <array>
#include <ostream>

#include <willrun/nearest.hpp>
#include <willrun/scenario.hpp>

#include "common/remembered_files.hpp"
#include "common/replace_text.hpp"
#include "scenario/round.hpp"
#include "scenario/update.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/source_flags.hpp"

namespace willrun::cli {

namespace {

using scenario::Round;
using scenario::Scenario;
using scenario::ScenarioFile;

constexpr std::string_view kDefaultFile = "willrun-tests.yml";
constexpr std::array<std::string_view, 3> kReportFormats = {"text", "json", "junit"};

class Test : public Command {
 public:
  std::string_view name() const override { return "test"; }
  std::string_view purpose() const override {
    return "hold the configuration against scenarios that say what it should do";
  }
  std::string_view epilogue() const override {
    return "Nothing is taken from the state of the repository but its files on disk (docs/testing.md).\n"
           "\n"
           "Exit codes: 0 all scenarios pass, 1 one does not, or the coverage is too low, 2 wrong usage, 3 a file\n"
           "cannot be read, or the scenarios are wrong.\n"
           "\n"
           "Examples:\n"
           "  willrun test                          the willrun-tests.yml of this repository\n"
           "  willrun test --only 'deploy*' --coverage\n"
           "  willrun test --update                 expect from now on what is decided now\n"
           "  willrun test --format junit > scenarios.xml\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("FILE", path_, "the scenarios (default: willrun-tests.yml in the repository's root)")->type_name("");
    app.add_option("--only", only_, "run the scenarios of this name only, `*` for any characters")
        ->type_name("PATTERN");
    app.add_flag("--update", update_, "write what is decided now into the expectations that fail");
    app.add_flag("--coverage", coverage_, "also print the rules that no scenario matched and the jobs that none ran");
    app.add_option("--min-coverage", least_, "fail when fewer of a hundred rules are matched")->type_name("PERCENT");
    add_choice(app, "--format", format_, kReportFormats, "text (default), json or junit")->type_name("FORMAT");
    app.add_option("--repo", repository_, "the repository's root (default: the one around the file)")->type_name("DIR");
    sources_.declare_offline(app);
    load_.declare(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    const std::size_t format = choose("--format", print_.json ? "json" : format_, kReportFormats);
    if (least_ > 100) throw UsageError("--min-coverage takes 0 to 100");
    place_ = place(line);
    tools::SettingsOutcome settings = tools::read_settings(place_.root / tools::kSettingsName);
    if (!settings.failure.empty()) throw CannotRun(settings.failure);
    settings_ = std::move(settings.settings);
    TextStyle style = print_.style(line);
    style.paths = {place_.prefix, place_.folder};
    std::optional<Round> round = decide_all(line, style);
    if (!round) return Exit::failed;
    for (const std::string& text : round->file.notes) note(line, text);
    if (update_ && rewrite(line, *round)) round = decide_all(line, style);
    return round ? report(line, *round, format, style) : Exit::failed;
  }

 private:
  tools::RepositoryFile place(const CommandLine& line) const {
    const std::string file = path_.empty() ? std::string(kDefaultFile) : path_;
    if (repository_.empty())
      return path_.empty() ? tools::in_repository_around(line.directory, file)
                           : tools::locate_file(line.directory, file);
    tools::RepositoryFile made = tools::in_repository(line.directory, repository_, file);
    if (!path_.empty()) {
      const auto whole = std::filesystem::absolute(line.directory / path_).lexically_normal();
      made.path = whole.lexically_relative(made.root).generic_string();
    }
    return made;
  }

  std::string shown_path() const { return path_.empty() ? place_.prefix + place_.path : path_; }

  // None: the scenarios are wrong, and what is wrong was printed.
  std::optional<Round> decide_all(const CommandLine& line, const TextStyle& style) const {
    const tools::FileText text = tools::read_file(place_.root / place_.path);
    if (!text.failure.empty()) throw CannotRun(shown_path() + ": " + text.failure);
    ScenarioFile file = scenario::read_scenarios(text.text, place_.path, settings_);
    if (is_wrong(line, file, style)) return std::nullopt;
    const OpenedSource opened = open(line, file.configuration);
    tools::RememberedFiles files(*opened.files);
    Round round = scenario::run(
        std::move(file), files,
        {load_.options(LoadMode::pipeline), only_, paths_on_disk(*opened.files), opened.trees_of_projects()});
    if (is_wrong(line, round.file, style)) return std::nullopt;
    if (round.results.empty()) throw UsageError(no_such_scenario(round.file));
    if (print_.verbose)
      note(line, std::to_string(round.configurations->all().size()) + " configurations loaded for " +
                     std::to_string(round.file.scenarios.size()) + " scenarios");
    return round;
  }

  static bool is_wrong(const CommandLine& line, const ScenarioFile& file, TextStyle style) {
    style.gitlab_texts = false;
    if (!file.diagnostics.empty()) line.err << render(file.diagnostics, file.nodes->files, style);
    return !file.diagnostics.empty();
  }

  OpenedSource open(const CommandLine& line, const std::string& path) const {
    tools::RepositoryFile configuration = place_;
    configuration.path = path;
    OpenedSource opened =
        sources_.open(line, configuration, settings_, [&] { return tools::read_file(place_.root / path); });
    if (!opened.text.failure.empty()) throw CannotRun(place_.prefix + path + ": " + opened.text.failure);
    return opened;
  }

  // Files that git ignores do not count: they differ from machine to machine.
  std::optional<std::vector<std::string>> paths_on_disk(const tools::Sources& files) const {
    const auto repository = tools::GitRepository::open(place_.root);
    return repository ? repository->changed_files({}, {}, true) : files.tree();
  }

  std::string no_such_scenario(const ScenarioFile& file) const {
    std::vector<std::string_view> names;
    for (const Scenario& scenario : file.scenarios) names.push_back(scenario.name);
    const std::string meant = suggestion(only_, names);
    return "--only: there is no scenario `" + only_ + "`" + (meant.empty() ? "" : "; " + meant);
  }

  // Whether the file changed.
  bool rewrite(const CommandLine& line, const Round& round) const {
    const scenario::UpdatedText updated = scenario::update(round.file, round.decisions, settings_);
    for (const std::string& name : updated.left)
      note(line, "--update: the expectation of `" + name +
                     "` is left alone: it is shared, or not written in a way that can be changed");
    if (updated.updated.empty()) return false;
    const std::string_view known = round.file.nodes->files.text(FileId{});
    switch (tools::replace_text(place_.root / place_.path, known, updated.text)) {
      case tools::Replaced::done: break;
      case tools::Replaced::changed_meanwhile: throw CannotRun("--update: " + shown_path() + " was changed meanwhile");
      case tools::Replaced::not_writable: throw CannotRun("--update: " + shown_path() + " cannot be written");
    }
    for (const std::string& name : updated.updated) note(line, "updated: " + name);
    return true;
  }

  Exit report(const CommandLine& line, const Round& round, std::size_t format, const TextStyle& style) const {
    ScenarioReport made;
    const std::string path = shown_path();
    made.path = path;
    made.files = &round.file.nodes->files;
    made.paths = style.paths;
    made.results = round.results;
    made.coverage = round.coverage;
    if (format == 0) line.out << render(made, ScenarioStyle{style, print_.quiet, coverage_});
    if (format == 1) line.out << to_json(made);
    if (format == 2) line.out << to_junit(made);
    const bool too_few = made.coverage.percent() < least_;
    if (too_few)
      complain(line, "--min-coverage: " + std::to_string(made.coverage.percent()) + "% of the rules were matched, " +
                         std::to_string(least_) + "% are asked for");
    return made.failed() > 0 || too_few ? Exit::findings : Exit::ok;
  }

  std::string path_;
  std::string only_;
  bool update_ = false;
  bool coverage_ = false;
  std::size_t least_ = 0;
  std::string format_ = "text";
  std::string repository_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
  tools::RepositoryFile place_;
  tools::Settings settings_;
};

}  // namespace

std::unique_ptr<Command> make_test() { return std::make_unique<Test>(); }

}  // namespace willrun::cli
