#include "willrun/messages.hpp"

#include <algorithm>
#include <ostream>

namespace willrun::cli {

void note(const CommandLine& line, std::string_view text) { line.err << "note: " << text << '\n'; }

void complain(const CommandLine& line, std::string_view text) { line.err << "error: " << text << '\n'; }

void print_findings(std::ostream& out, std::span<const Diagnostic> diagnostics, const SourceFiles& files,
                    const TextStyle& style, bool quiet) {
  std::vector<Diagnostic> shown(diagnostics.begin(), diagnostics.end());
  if (quiet) std::erase_if(shown, [](const Diagnostic& one) { return one.severity == Severity::note; });
  if (!shown.empty()) out << render(shown, files, style) << '\n';
}

}  // namespace willrun::cli
