#include "willrun/watch_loop.hpp"

#include <fmt/chrono.h>

#include <chrono>
#include <ctime>
#include <ostream>

#include "common/progress.hpp"
#include "willrun/command.hpp"
#include "willrun/messages.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kEmptyScreen = "\x1b[H\x1b[2J\x1b[3J";

Exit run_once(const CommandLine& line, const std::function<Exit()>& once) {
  try {
    return once();
  } catch (const CannotRun& error) {
    complain(line, error.what());
    return Exit::failed;
  }
}

}  // namespace

Exit watch_loop(const CommandLine& line, const tools::Watched& watched, const std::function<Exit()>& once) {
  const std::unique_ptr<tools::Watcher> own = line.watcher == nullptr ? tools::make_file_watcher() : nullptr;
  tools::Watcher& watcher = own ? *own : *line.watcher;
  Exit code = Exit::ok;
  do {
    const auto begun = std::filesystem::file_time_type::clock::now();
    const auto start = std::chrono::steady_clock::now();
    if (line.terminal) line.out << kEmptyScreen;
    if (line.progress != nullptr) line.progress->begin();
    code = run_once(line, once);
    line.out.flush();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    watcher.watch(watched, begun);
    note(line, fmt::format("checked in {:.1f} ms at {:%H:%M:%S}; waiting for changes, Ctrl-C ends", took.count(),
                           fmt::localtime(std::time(nullptr))));
    line.err.flush();
  } while (watcher.wait());
  return code;
}

}  // namespace willrun::cli
