// Answers as text for people and as JSON for programs.
#pragma once

#include <span>
#include <string>

#include <willrun/decision.hpp>
#include <willrun/diagnostic.hpp>
#include <willrun/source.hpp>

namespace willrun {

struct TextStyle {
  bool colour = false;          // ANSI colours
  std::uint32_t width = 0;      // columns of the terminal; 0: do not fold
  bool gitlab_texts = true;     // also print what GitLab shows for the same problem
};

// One diagnostic as people read it: `file:line:column: error[WR101 yaml-syntax]: message`, the source line, `^~~~` under
// the exact span, labels, GitLab's text and help. Tabs and wide characters keep the marks under the text.
std::string render(const Diagnostic& diagnostic, const SourceFiles& files, const TextStyle& style = {});

// All diagnostics sorted by place (file, byte, severity), then a summary line ("2 errors, 1 warning in 1 file").
std::string render(std::span<const Diagnostic> diagnostics, const SourceFiles& files, const TextStyle& style = {});

// The verdict, the jobs by stage with the rule that decided each and its place, and what was left out and why.
std::string render(const Decision& decision, const SourceFiles& files, const TextStyle& style = {});

// One JSON object, two-space indented, ending in a newline. Keys and shapes are documented in docs/json.md.
std::string to_json(std::span<const Diagnostic> diagnostics, const SourceFiles& files);
std::string to_json(const Decision& decision, std::span<const Diagnostic> diagnostics, const SourceFiles& files);

}  // namespace willrun
