// Doing something again whenever its files change.
#pragma once

#include <functional>

#include "common/watcher.hpp"
#include "willrun/command_line.hpp"

namespace willrun::cli {

// Runs `once`, and again after each change of the files that took part, which it leaves in `watched`; a run that cannot
// do its work is told of and waits for a change too. Ends when the watcher does, with the code of the last run. On a
// terminal each run begins on an empty screen.
Exit watch_loop(const CommandLine& line, const tools::Watched& watched, const std::function<Exit()>& once);

}  // namespace willrun::cli
