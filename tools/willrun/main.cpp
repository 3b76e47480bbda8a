#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "common/progress.hpp"
#include "willrun/command_line.hpp"

namespace {

std::uint32_t terminal_columns(int stream) {
  winsize size{};
  return ::ioctl(stream, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0U;
}

}  // namespace

int main(int count, char** arguments) {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  const char* no_colour = std::getenv("NO_COLOR");
  const bool err_terminal = ::isatty(STDERR_FILENO) == 1;
  willrun::tools::Progress progress(std::cerr, err_terminal, terminal_columns(STDERR_FILENO));
  const willrun::cli::CommandLine line{
      .arguments = {arguments + (count > 0 ? 1 : 0), arguments + count},
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .terminal = ::isatty(STDOUT_FILENO) == 1,
      .no_colour = no_colour != nullptr && *no_colour != '\0',
      .width = terminal_columns(STDOUT_FILENO),
      .in_terminal = ::isatty(STDIN_FILENO) == 1,
      .err_terminal = err_terminal,
      .progress = &progress,
  };
  return static_cast<int>(willrun::cli::run(line));
}
