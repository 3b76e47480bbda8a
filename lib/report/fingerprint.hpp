// What tells one finding from another, from run to run.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <willrun/report.hpp>

namespace willrun::report {

// 16 hexadecimal digits of file, code and message, and of how many equal ones came before: the same as long as these
// stay, wherever in the file the finding moves; unique in one report.
class Fingerprints {
 public:
  std::string of(const LintedFile& file, const Diagnostic& found);
  std::string of_failure(const LintedFile& file);

 private:
  std::string unique(std::string_view text);

  std::map<std::uint64_t, std::uint64_t> seen_;
};

}  // namespace willrun::report
