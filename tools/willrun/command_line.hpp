// The command line as a value: arguments, streams and surroundings in, an exit code out. Nothing here touches the
// process, so tests run whole commands in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace willrun::tools {
class Progress;
class Watcher;
}  // namespace willrun::tools

namespace willrun::cli {

// What a command says to a script. Of several files the highest code counts.
enum class Exit : int {
  ok = 0,        // clean, created, evaluated
  findings = 1,  // findings; a pipeline is not created or skipped; an expression that GitLab refuses
  usage = 2,     // the command line itself is wrong
  failed = 3,    // could not run: a file cannot be read
};

struct CommandLine {
  std::vector<std::string> arguments;  // without the program's name
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::filesystem::path directory = ".";  // where the user stands; relative paths start here
  bool terminal = false;                  // `out` is a terminal
  bool no_colour = false;                 // NO_COLOR is set
  std::uint32_t width = 0;                // columns of the terminal; 0: unknown
  bool in_terminal = false;               // `in` is a terminal
  bool err_terminal = false;              // `err` is a terminal
  tools::Progress* progress = nullptr;    // of long work, on `err`; none: nobody looks
  tools::Watcher* watcher = nullptr;      // of `lint --watch`; none: the one of the system
};

// Never throws for anything that a user or a file can do.
Exit run(const CommandLine& line);

}  // namespace willrun::cli
