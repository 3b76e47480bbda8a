// `willrun completion`: a script with which a shell completes willrun's command line.
#include <CLI/CLI.hpp>
#include <array>
#include <ostream>

#include <willrun/decision.hpp>
#include <willrun/processed.hpp>

#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/completion_scripts.hpp"
#include "willrun/flags.hpp"
#include "willrun/source_flags.hpp"

namespace willrun::cli {

namespace {

// The last one is what the scripts themselves ask.
constexpr std::array<std::string_view, 4> kWords = {"bash", "zsh", "fish", "jobs"};
using CompletionScript = std::string (*)(std::span<const CommandDescription>);
constexpr std::array<CompletionScript, 3> kCompletionScripts = {bash_completion, zsh_completion, fish_completion};

class Completion : public Command {
 public:
  std::string_view name() const override { return "completion"; }
  std::string_view purpose() const override { return "print a script for completion in bash, zsh or fish"; }
  std::string_view epilogue() const override {
    return "`jobs` prints the names of the jobs of this repository's .gitlab-ci.yml, which the scripts ask for.\n"
           "\n"
           "Exit codes: 0 printed, 1 there are no jobs to print, 2 wrong usage, 3 the file cannot be read.\n"
           "\n"
           "Examples:\n"
           "  source <(willrun completion bash)                in ~/.bashrc\n"
           "  source <(willrun completion zsh)                 in ~/.zshrc, behind compinit\n"
           "  willrun completion fish | source                 in ~/.config/fish/config.fish\n";
  }

  void declare(CLI::App& app) override {
    add_choice(app, "SHELL", what_, kWords, "bash, zsh or fish; or jobs")->type_name("");
  }

  Exit run(const CommandLine& line) override {
    if (what_.empty()) throw UsageError("a shell is missing: it takes one of " + listed(kWords, ", "));
    const std::size_t chosen = choose("SHELL", what_, kWords);
    if (chosen == kCompletionScripts.size()) return print_jobs(line);
    const std::vector<CommandDescription> commands = describe_commands();
    line.out << kCompletionScripts[chosen](commands);
    return Exit::ok;
  }

 private:
  // Nothing is fetched, and a wrong configuration has no jobs: nobody reads messages while a key is pressed.
  static Exit print_jobs(const CommandLine& line) {
    const tools::RepositoryFile place = tools::in_repository_around(line.directory, ".gitlab-ci.yml");
    SourceFlags sources;
    sources.offline = true;
    const Config config = sources.load_named(line, (place.root / place.path).string(), place, {}, {});
    const std::optional<Processed> processed = process(config);
    if (!processed) return Exit::findings;
    for (const Value& job : processed->jobs) line.out << job.find("name")->text() << '\n';
    return Exit::ok;
  }

  std::string what_;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<Completion>(); }

}  // namespace willrun::cli
