#include "conformance/command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "conformance/corpus.hpp"
#include "conformance/kinds.hpp"
#include "conformance/report.hpp"

namespace willrun::conformance {

namespace {

struct Settings {
  std::vector<std::string> files;
  bool failures = false;
  std::string kind;  // only cases of this kind; empty: all
  LoadOptions options;
};

void declare(CLI::App& app, Settings& settings) {
  app.add_option("FILE", settings.files, "files of cases, one JSON object a line")->required();
  app.add_flag("--failures", settings.failures, "print each failed case with what was expected and what came");
  app.add_option("--only", settings.kind, "only cases of this kind: expression, yaml, lint, pipeline ...");
  const std::map<std::string, YamlReader> readers = {{"yaml-cpp", YamlReader::yaml_cpp},
                                                     {"libyaml", YamlReader::libyaml}};
  app.add_option("--yaml-reader", settings.options.yaml_reader, "yaml-cpp (default) or libyaml")
      ->transform(CLI::CheckedTransformer(readers));
}

// Runs one file. False when it cannot be read, or a line is no case.
bool run_file(const std::string& path, const Settings& settings, FileTally& tally, std::ostream& out,
              std::ostream& err) {
  std::ifstream in(path, std::ios::binary);
  tally.all.name = std::filesystem::path(path).filename().string();
  Corpus corpus(std::filesystem::path(path).parent_path());
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    try {
      Json body = parse_json(line);
      if (Corpus::is_line(body)) corpus.complete(body);
      const Case one = read_case(std::move(body));
      if (!settings.kind.empty() && one.kind != settings.kind) continue;
      const Verdict verdict = check(one, settings.options);
      tally.count(one.category, !verdict.has_value());
      if (verdict && settings.failures) print_failure(out, one, *verdict);
    } catch (const std::exception& error) {
      err << path << ":" << number << ": " << error.what() << "\n";
      return false;
    }
  }
  if (in.bad() || number == 0) err << path << ": cannot be read, or is empty\n";
  return !in.bad() && number > 0;
}

}  // namespace

int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err) {
  Settings settings;
  settings.options.edition = Edition::ce;  // the cases were answered by it
  CLI::App app("Runs conformance cases against willrun and counts those that it answers as GitLab does.",
               "willrun-conformance");
  declare(app, settings);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? kAllPassed : kUsage;
  }
  std::vector<FileTally> tallies;
  for (const std::string& path : settings.files) {
    if (!run_file(path, settings, tallies.emplace_back(), out, err)) return kCannotRead;
  }
  print_table(out, tallies);
  print_total(out, tallies);
  const bool all = std::all_of(tallies.begin(), tallies.end(),
                               [](const FileTally& file) { return file.all.passed == file.all.total; });
  return all ? kAllPassed : kSomeFailed;
}

}  // namespace willrun::conformance
