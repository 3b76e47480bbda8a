// What a subcommand is. Each one has a file of its own and is listed in command_line.cpp.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "willrun/command_line.hpp"

namespace CLI {
class App;
}

namespace willrun::cli {

// A wrong command line: printed with a pointer to the command's help, and Exit::usage.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A command that cannot do its work: printed, and Exit::failed.
struct CannotRun : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Command {
 public:
  virtual ~Command() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view purpose() const = 0;   // one line for the list of commands
  virtual std::string_view epilogue() const = 0;  // exit codes and examples, printed below the options
  // Declares options; they store into members, which run() then reads.
  virtual void declare(CLI::App& app) = 0;
  virtual Exit run(const CommandLine& line) = 0;
};

std::unique_ptr<Command> make_lint();
std::unique_ptr<Command> make_dry_run();
std::unique_ptr<Command> make_explain();
std::unique_ptr<Command> make_graph();
std::unique_ptr<Command> make_eval();
std::unique_ptr<Command> make_merge();
std::unique_ptr<Command> make_variables();
std::unique_ptr<Command> make_dump();
std::unique_ptr<Command> make_serve();

}  // namespace willrun::cli
