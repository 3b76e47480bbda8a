#include <willrun/report.hpp>

#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

std::string to_short_text(std::span<const LintedFile> linted) {
  std::string out;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty()) {
      out.append(report::printable(file.path)).append(": error: ").append(report::printable(file.failure)).append("\n");
      continue;
    }
    for (const Diagnostic& found : file.diagnostics) {
      const std::string place = report::place(*file.files, found.span, file.paths);
      out.append(place.empty() ? report::printable(file.path) : place).append(": ");
      out.append(to_string(found.severity)).append("[").append(found.code).append(" ").append(found.name).append("]: ");
      out.append(report::printable(found.message)).append("\n");
    }
  }
  return out;
}

}  // namespace willrun
