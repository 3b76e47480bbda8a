// The command line of willrun-conformance as a value: arguments in, streams in, exit code out.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace willrun::conformance {

enum ExitCode : int { kAllPassed = 0, kSomeFailed = 1, kUsage = 2, kCannotRead = 3 };

// `arguments` without the program's name.
int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err);

}  // namespace willrun::conformance
