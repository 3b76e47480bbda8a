// `willrun dump`: one stage of the way from text to program, as text.
#include <CLI/CLI.hpp>
#include <array>
#include <ostream>

#include <willrun/config.hpp>

#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/source_flags.hpp"
#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

namespace {

// In the order of Stage.
constexpr std::array<std::string_view, 5> kStages = {"yaml", "inputs", "composed", "model", "program"};

class Dump : public Command {
 public:
  std::string_view name() const override { return "dump"; }
  std::string_view purpose() const override { return "print one stage of a configuration on its way to a program"; }
  std::string_view epilogue() const override {
    return "Stages: yaml (the nodes with their places), inputs (header read, blocks interpolated), composed "
           "(references\n"
           "and includes resolved), model (jobs and rules), program (compiled conditions).\n"
           "\n"
           "Exit codes: 0 printed, 1 the stage was not reached (findings say why), 2 wrong usage, 3 the file cannot "
           "be\n"
           "read.\n"
           "\n"
           "Example:\n"
           "  willrun dump --stage model .gitlab-ci.yml --input environment=production\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("FILE", path_, "the configuration (default: .gitlab-ci.yml)")->type_name("");
    add_choice(app, "--stage", stage_, kStages, listed(kStages))->type_name("STAGE");
    inputs_.declare(app);
    sources_.declare(app);
    load_.declare(app);
    print_.declare_text(app);
  }

  Exit run(const CommandLine& line) override {
    if (stage_.empty()) throw UsageError("--stage is missing: it takes one of " + listed(kStages, ", "));
    const auto stage = static_cast<Stage>(choose("--stage", stage_, kStages));
    TextStyle style = print_.style(line);
    const tools::RepositoryFile place = tools::locate_file(line.directory, path_);
    style.paths = {place.prefix, place.folder};
    const Config config =
        sources_.load_named(line, path_, place, inputs_.values(line.directory), load_.options(LoadMode::lint));
    const std::string text = dump(config, stage);
    line.out << text;
    if (!text.empty()) return Exit::ok;
    print_findings(line.err, config.diagnostics(), config.files(), style, print_.quiet);
    return Exit::findings;
  }

 private:
  std::string path_ = ".gitlab-ci.yml";
  std::string stage_;
  InputFlags inputs_;
  SourceFlags sources_;
  LoadFlags load_;
  PrintFlags print_;
};

}  // namespace

std::unique_ptr<Command> make_dump() { return std::make_unique<Dump>(); }

}  // namespace willrun::cli
