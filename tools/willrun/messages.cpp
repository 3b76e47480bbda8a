#include "willrun/messages.hpp"

#include <algorithm>
#include <ostream>

#include "common/progress.hpp"

namespace willrun::cli {

void note(const CommandLine& line, std::string_view text) {
  erase_progress(line);
  line.err << "note: " << text << '\n';
}

void complain(const CommandLine& line, std::string_view text) {
  erase_progress(line);
  line.err << "error: " << text << '\n';
}

void show_progress(const CommandLine& line, std::string_view text) {
  if (line.progress != nullptr) line.progress->show(text);
}

void erase_progress(const CommandLine& line) {
  if (line.progress != nullptr) line.progress->erase();
}

void print_findings(std::ostream& out, std::span<const Diagnostic> diagnostics, const SourceFiles& files,
                    const TextStyle& style, bool quiet) {
  std::vector<Diagnostic> shown(diagnostics.begin(), diagnostics.end());
  if (quiet) std::erase_if(shown, [](const Diagnostic& one) { return one.severity == Severity::note; });
  if (!shown.empty()) out << render(shown, files, style) << '\n';
}

}  // namespace willrun::cli
