// `willrun lint`: GitLab's static verdict on files, with everything that was found.
#include <CLI/CLI.hpp>
#include <chrono>
#include <deque>
#include <ostream>

#include <willrun/config.hpp>

#include "common/read_file.hpp"
#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/source_flags.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kStandardInput = "-";
constexpr std::string_view kStandardInputName = "<stdin>";

// A file and what came of it; stays where it is, since reports hold views into it.
struct Checked {
  std::string path;
  std::string failure;
  tools::RepositoryFile place;
  std::optional<Config> config;
};

Trigger without_source() {
  Trigger trigger;
  trigger.source = PipelineSource::unknown;
  return trigger;
}

LintedFile report_of(const Checked& checked) {
  LintedFile file;
  file.path = checked.path;
  file.failure = checked.failure;
  if (!checked.config) return file;
  file.valid = checked.config->valid();
  file.files = &checked.config->files();
  file.diagnostics = checked.config->diagnostics();
  file.gitlab_errors = checked.config->gitlab_errors();
  file.gitlab_warnings = checked.config->gitlab_warnings();
  file.paths = {checked.place.prefix, checked.place.folder};
  return file;
}

class Lint : public Command {
 public:
  std::string_view name() const override { return "lint"; }
  std::string_view purpose() const override { return "check configuration files as GitLab's CI lint does"; }
  std::string_view epilogue() const override {
    return "Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 a file could not be read (the others are still\n"
           "checked). Of several files the highest code counts. A file over 16 MiB is not read.\n"
           "\n"
           "Examples:\n"
           "  willrun lint                          the .gitlab-ci.yml of this folder\n"
           "  willrun lint ci/*.yml --json          several files, for a program\n"
           "  git show main:.gitlab-ci.yml | willrun lint -\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("FILE", paths_, "files to check, `-` for standard input (default: .gitlab-ci.yml)")->type_name("");
    sources_.declare(app);
    load_.declare(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    if (paths_.empty()) paths_.emplace_back(".gitlab-ci.yml");
    const LoadOptions options = load_.options(LoadMode::lint);
    TextStyle style = print_.style(line);
    std::deque<Checked> checked;
    std::vector<LintedFile> reports;
    for (const std::string& path : paths_) {
      check(line, checked.emplace_back(), path, options);
      reports.push_back(report_of(checked.back()));
      if (!print_.json) print_one(line, reports, style);
    }
    if (print_.json) line.out << to_json(reports);
    if (!print_.json && !print_.quiet) line.out << summary(reports, style);
    return exit_of(reports);
  }

 private:
  void check(const CommandLine& line, Checked& checked, const std::string& path, const LoadOptions& options) const {
    const bool standard_input = path == kStandardInput;
    checked.path = standard_input ? kStandardInputName : path;
    checked.place = tools::locate_file(line.directory, checked.path);
    const OpenedSource opened = sources_.open(checked.place, [&] {
      return standard_input ? tools::read_stream(line.in) : tools::read_file(line.directory / path);
    });
    checked.failure = opened.text.failure;
    if (!checked.failure.empty()) return;
    const std::size_t bytes = opened.text.text.size();
    const auto start = std::chrono::steady_clock::now();
    checked.config.emplace(load(checked.place.path, *opened.files, without_source(), options));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    if (!print_.verbose) return;
    const std::string milliseconds = std::to_string(took.count());
    note(line, checked.path + ": " + std::to_string(bytes) + " bytes in " +
                   milliseconds.substr(0, milliseconds.find('.') + 3) + " ms by " + load_.yaml_reader +
                   (checked.config->yaml_cpp_set_aside() ? ", then by libyaml, which reads it otherwise" : ""));
  }

  void print_one(const CommandLine& line, std::span<const LintedFile> reports, TextStyle style) const {
    const LintedFile& file = reports.back();
    if (!file.failure.empty()) {
      complain(line, std::string(file.path) + ": " + std::string(file.failure));
      return;
    }
    style.paths = file.paths;
    print_findings(line.out, file.diagnostics, *file.files, style, print_.quiet);
  }

  static Exit exit_of(std::span<const LintedFile> reports) {
    Exit worst = Exit::ok;
    for (const LintedFile& file : reports) {
      const bool clean = file.valid && count(file.diagnostics).clean();
      const Exit own = !file.failure.empty() ? Exit::failed : clean ? Exit::ok : Exit::findings;
      worst = std::max(worst, own);
    }
    return worst;
  }

  std::vector<std::string> paths_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
};

}  // namespace

std::unique_ptr<Command> make_lint() { return std::make_unique<Lint>(); }

}  // namespace willrun::cli
