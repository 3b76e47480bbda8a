// `willrun lint`: GitLab's static verdict on files, with everything that was found.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <ostream>

#include <willrun/config.hpp>
#include <willrun/fixes.hpp>
#include <willrun/lint.hpp>

#include "common/read_file.hpp"
#include "common/recorded_files.hpp"
#include "common/remembered_files.hpp"
#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/fix.hpp"
#include "willrun/flags.hpp"
#include "willrun/levels.hpp"
#include "willrun/messages.hpp"
#include "willrun/partial_load.hpp"
#include "willrun/shell_check.hpp"
#include "willrun/source_flags.hpp"
#include "willrun/watch_loop.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kStandardInput = "-";
constexpr std::string_view kStandardInputName = "<stdin>";
constexpr int kMostRounds = 10;  // of mending one file

// Formats that say everything at once, in the order of kLintFormats; text is printed file by file.
constexpr std::array<std::string_view, 7> kLintFormats = {"text",        "short", "json",  "sarif",
                                                          "codequality", "junit", "github"};
using Format = std::string (*)(std::span<const LintedFile>);
constexpr std::array<Format, 7> kLintWriters = {
    nullptr,  to_short_text,   [](std::span<const LintedFile> linted) { return to_json(linted); },
    to_sarif, to_code_quality, to_junit,
    to_github};

// A file and what came of it; stays where it is, since reports hold views into it.
struct Checked {
  std::string path;
  std::string failure;
  tools::RepositoryFile place;
  std::optional<Config> config;
  bool whole = true;                 // as of PartialLoad
  std::vector<Diagnostic> findings;  // GitLab's and those of checks
};

Trigger without_source() {
  Trigger trigger;
  trigger.source = PipelineSource::unknown;
  return trigger;
}

void list_checks(std::ostream& out) {
  for (const FindingKind& kind : finding_kinds()) {
    if (kind.is_check)
      out << kind.code << "  " << to_string(kind.severity) << std::string(9 - to_string(kind.severity).size(), ' ')
          << kind.name << ": " << kind.meaning << '\n';
  }
}

// Files are missing, or the file may be one that others include: only the usual name says that it is the whole.
bool is_in_part(const Checked& checked) { return !checked.whole || checked.place.path != tools::kUsualConfiguration; }

LintedFile report_of(const Checked& checked) {
  LintedFile file;
  file.path = checked.path;
  file.failure = checked.failure;
  if (!checked.config) return file;
  file.valid = checked.config->valid();
  file.files = &checked.config->files();
  file.diagnostics = checked.findings;
  file.whole = checked.whole;
  if (checked.whole) {
    file.gitlab_errors = checked.config->gitlab_errors();
    file.gitlab_warnings = checked.config->gitlab_warnings();
  }
  file.paths = {checked.place.prefix, checked.place.folder};
  return file;
}

std::string what_fixes_would_do(const std::deque<Checked>& all) {
  std::size_t safe = 0;
  std::size_t unsafe = 0;
  for (const Checked& checked : all) {
    for (const Diagnostic& found : checked.findings) {
      if (found.fix) ++(fix_kind(found.code) == FixKind::safe ? safe : unsafe);
    }
  }
  std::string text;
  if (safe > 0) text += "--fix mends " + std::to_string(safe) + " of them, with the same meaning for GitLab\n";
  if (unsafe > 0)
    text += "--fix --unsafe-fixes " + std::string(safe > 0 ? "also " : "") + "writes what was probably meant in " +
            std::to_string(unsafe) + "\n";
  return text;
}

class Lint : public Command {
 public:
  std::string_view name() const override { return "lint"; }
  std::string_view purpose() const override { return "check configuration files as GitLab's CI lint does"; }
  std::string_view epilogue() const override {
    return "Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 a file could not be read (the others are still\n"
           "checked). Of several files the highest code counts. A file over 16 MiB is not read.\n"
           "\n"
           "Checks go beyond GitLab's verdict; `# willrun: ignore WR604 reason` on a line or above it silences one "
           "there, and\n"
           "`lint:` in .willrun.yml sets levels.\n"
           "\n"
           "Examples:\n"
           "  willrun lint                          the .gitlab-ci.yml of this folder\n"
           "  willrun lint ci/*.yml --json          several files, for a program\n"
           "  willrun lint --watch                  again after every change\n"
           "  git show main:.gitlab-ci.yml | willrun lint -\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("FILE", paths_, "files to check, `-` for standard input (default: .gitlab-ci.yml)")->type_name("");
    add_choice(app, "--format", format_, kLintFormats, listed(kLintFormats) + " (default: text)")->type_name("FORMAT");
    app.add_flag("--list-checks", list_checks_, "print the checks with their levels, and do nothing else");
    app.add_flag("--only-gitlab", only_gitlab_, "no lint checks: only what GitLab itself says");
    app.add_flag("--shellcheck", shellcheck_, "also ask ShellCheck about the syntax of scripts, where it is installed");
    app.add_flag("--watch", watch_, "check again whenever a file that took part changes, until Ctrl-C");
    app.add_flag("--fix", fix_, "mend what can be mended without a change of meaning, then check again");
    app.add_flag("--unsafe-fixes", unsafe_fixes_,
                 "with --fix: also write what was probably meant, which changes what GitLab does");
    sources_.declare(app);
    load_.declare(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    if (list_checks_) {
      list_checks(line.out);
      return Exit::ok;
    }
    if (unsafe_fixes_ && !fix_) throw UsageError("--unsafe-fixes needs --fix");
    if (fix_ && !sources_.revision.empty()) throw UsageError("--fix changes files on disk, and --rev reads a commit");
    if (fix_ && std::ranges::count(paths_, kStandardInput) > 0)
      throw UsageError("--fix changes files on disk, and - reads standard input");
    if (paths_.empty()) paths_.emplace_back(tools::kUsualConfiguration);
    if (!watch_) return lint(line);
    if (!sources_.revision.empty() || std::ranges::count(paths_, kStandardInput) > 0)
      throw UsageError("--watch looks at files on disk: not at " +
                       (sources_.revision.empty() ? "standard input" : "--rev " + sources_.revision));
    return watch_loop(line, watched_, [&] {
      watched_ = {};
      return lint(line);
    });
  }

 private:
  Exit lint(const CommandLine& line) {
    const Format format = kLintWriters[choose("--format", print_.json ? "json" : format_, kLintFormats)];
    const LoadOptions options = load_.options(LoadMode::lint);
    TextStyle style = print_.style(line);
    std::deque<Checked> checked;
    std::vector<LintedFile> reports;
    for (const std::string& path : paths_) {
      show_progress(line, "lint: " + std::to_string(checked.size() + 1) + " of " + std::to_string(paths_.size()) +
                              " files: " + path);
      check(line, checked.emplace_back(), path, options);
      if (fix_) mend(line, checked, path, options);
      reports.push_back(report_of(checked.back()));
      if (format == nullptr) print_one(line, reports, style);
    }
    erase_progress(line);
    if (format != nullptr) line.out << format(reports);
    if (format == nullptr && !print_.quiet) line.out << summary(reports, style) << what_fixes_would_do(checked);
    return exit_of(reports);
  }

  void check(const CommandLine& line, Checked& checked, const std::string& path, const LoadOptions& options) {
    const bool standard_input = path == kStandardInput;
    checked.path = standard_input ? kStandardInputName : path;
    checked.place = tools::locate_file(line.directory, checked.path);
    const std::filesystem::path& root = checked.place.root;
    watched_.files.insert({root / checked.place.path, root / tools::kSettingsName});
    tools::SettingsOutcome settings = tools::read_settings(root / tools::kSettingsName);
    if (!settings.failure.empty()) throw CannotRun(settings.failure);
    const OpenedSource opened = sources_.open(line, checked.place, settings.settings, [&] {
      return standard_input ? tools::read_stream(line.in) : tools::read_file(line.directory / path);
    });
    checked.failure = opened.text.failure;
    if (!checked.failure.empty()) return;
    const std::size_t bytes = opened.text.text.size();
    const auto start = std::chrono::steady_clock::now();
    tools::RememberedFiles remembered(*opened.files);
    tools::RecordedFiles files(remembered);
    if (only_gitlab_) {
      checked.config.emplace(load(checked.place.path, files, without_source(), options));
      checked.findings = checked.config->diagnostics();
    } else {
      PartialLoad loaded = load_what_is_there(checked.place.path, files, without_source(), options);
      checked.config.emplace(std::move(loaded.config));
      checked.findings = std::move(loaded.findings);
      checked.whole = loaded.whole;
    }
    for (const std::string& one : files.local()) watched_.files.insert((root / one).lexically_normal());
    if (files.listed()) watched_.trees.insert(root);
    if (!only_gitlab_) {
      checked.findings = gitlabs_at_levels(std::move(checked.findings), checked.config->files(), settings.settings);
      std::vector<Diagnostic> found = lint_findings(*checked.config, {.in_part = is_in_part(checked)});
      if (shellcheck_) add_shell_findings(line, checked, found);
      for (Diagnostic& one : at_levels(std::move(found), settings.settings)) checked.findings.push_back(std::move(one));
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (!print_.verbose) return;
    const std::string milliseconds = std::to_string(took.count());
    note(line, checked.path + ": " + std::to_string(bytes) + " bytes in " +
                   milliseconds.substr(0, milliseconds.find('.') + 3) + " ms by " + load_.yaml_reader +
                   (checked.config->yaml_cpp_set_aside() ? ", then by libyaml, which reads it otherwise" : ""));
  }

  static void add_shell_findings(const CommandLine& line, const Checked& checked, std::vector<Diagnostic>& found) {
    ShellFindings shell = check_scripts(*checked.config);
    if (!shell.failure.empty()) note(line, "--shellcheck: " + shell.failure);
    for (Diagnostic& one : shell.findings) {
      if (!is_ignored(checked.config->files(), one)) found.push_back(std::move(one));
    }
  }

  // Mends the file that was checked last, and checks it again. Fixes may overlap, so the rest of them comes in the next
  // round; each round leaves fewer findings with fixes, and the bound is for a file that changes meanwhile.
  void mend(const CommandLine& line, std::deque<Checked>& checked, const std::string& path,
            const LoadOptions& options) {
    std::size_t mended = 0;
    for (int round = 0; round < kMostRounds && checked.back().config; ++round) {
      const Checked& last = checked.back();
      const std::size_t made = apply_fixes(last.place.root, last.findings, last.config->files(), unsafe_fixes_);
      if (made == 0) break;
      mended += made;
      checked.pop_back();
      check(line, checked.emplace_back(), path, options);
    }
    if (mended > 0)
      note(line, path + ": " + std::to_string(mended) + (mended == 1 ? " finding" : " findings") + " mended");
  }

  void print_one(const CommandLine& line, std::span<const LintedFile> reports, TextStyle style) const {
    const LintedFile& file = reports.back();
    if (!file.failure.empty()) {
      complain(line, std::string(file.path) + ": " + std::string(file.failure));
      return;
    }
    if (!file.diagnostics.empty()) erase_progress(line);
    style.paths = file.paths;
    print_findings(line.out, file.diagnostics, *file.files, style, print_.quiet);
  }

  static Exit exit_of(std::span<const LintedFile> reports) {
    Exit worst = Exit::ok;
    for (const LintedFile& file : reports) {
      const bool clean = file.valid && file.whole && count(file.diagnostics).clean();
      const Exit own = !file.failure.empty() ? Exit::failed : clean ? Exit::ok : Exit::findings;
      worst = std::max(worst, own);
    }
    return worst;
  }

  std::string format_ = "text";
  bool list_checks_ = false;
  bool only_gitlab_ = false;
  bool fix_ = false;
  bool unsafe_fixes_ = false;
  bool shellcheck_ = false;
  bool watch_ = false;
  tools::Watched watched_;  // what took part in the last run
  std::vector<std::string> paths_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
};

}  // namespace

std::unique_ptr<Command> make_lint() { return std::make_unique<Lint>(); }

}  // namespace willrun::cli
