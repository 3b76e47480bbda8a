// `willrun merge`: a configuration as one YAML text.
#include <CLI/CLI.hpp>
#include <ostream>

#include <willrun/merged.hpp>

#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/source_flags.hpp"
#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

namespace {

class Merge : public Command {
 public:
  std::string_view name() const override { return "merge"; }
  std::string_view purpose() const override { return "print a configuration as one file, as GitLab merges it"; }
  std::string_view epilogue() const override {
    return "Includes, extends, references and inputs are resolved. With --origins every key says which file and line\n"
           "it came from.\n"
           "\n"
           "Exit codes: 0 printed, 1 it cannot be merged (findings say why), 2 wrong usage, 3 the file cannot be "
           "read.\n"
           "\n"
           "Examples:\n"
           "  willrun merge\n"
           "  willrun merge --origins | grep -n 'image:'\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("FILE", path_, "the configuration (default: .gitlab-ci.yml)")->type_name("");
    app.add_flag("--origins", origins_, "behind each key the file and line that it came from");
    inputs_.declare(app);
    sources_.declare(app);
    load_.declare(app);
    print_.declare_text(app);
  }

  Exit run(const CommandLine& line) override {
    TextStyle style = print_.style(line);
    const tools::RepositoryFile place = tools::locate_file(line.directory, path_);
    style.paths = {place.prefix, place.folder};
    const Config config =
        sources_.load_named(line, path_, place, inputs_.values(line.directory), load_.options(LoadMode::lint));
    const std::string text = merged_yaml(config, origins_ ? Origins::comments : Origins::none);
    line.out << text;
    if (!text.empty()) return Exit::ok;
    print_findings(line.err, config.diagnostics(), config.files(), style, print_.quiet);
    return Exit::findings;
  }

 private:
  std::string path_ = ".gitlab-ci.yml";
  bool origins_ = false;
  InputFlags inputs_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
};

}  // namespace

std::unique_ptr<Command> make_merge() { return std::make_unique<Merge>(); }

}  // namespace willrun::cli
