// What willrun says about a text: a coded message with the narrowest span, further labels, and GitLab's own words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/source.hpp>

namespace willrun {

enum class Severity : std::uint8_t { note, warning, error };
std::string_view to_string(Severity severity);  // "note", "warning", "error"

// A second place that belongs to a diagnostic, in this file or another ("included from here", "extends this job").
struct Label {
  Span span;
  std::string text;
};

// A change of the text that leaves what GitLab makes of it as it is, and the finding gone.
struct Fix {
  Span span;
  std::string text;  // in its place
};

// One finding. `code` and `name` come from the table in lib/diag/codes.hpp (`WR101`, `yaml-syntax`) and live for ever.
struct Diagnostic {
  std::string_view code;
  std::string_view name;
  Severity severity = Severity::error;
  Span span;
  // Lower case, no full stop: what was found and what was expected.
  std::string message;
  // What GitLab shows for the same problem, letter for letter; empty where GitLab says nothing.
  std::string gitlab_text;
  std::vector<Label> labels;
  // How to mend it, in words; empty where there is no such advice.
  std::string help;
  // What `lint --fix` may do by itself.
  std::optional<Fix> fix = {};
};

// A value and what was said on the way to it. Wrong text of a user gives diagnostics and, where work could go on, a
// value; no value means that nothing usable came out. Failed machinery (no memory, say) is an exception, never an
// Outcome.
template <class T>
struct Outcome {
  std::optional<T> value;
  std::vector<Diagnostic> diagnostics;

  explicit operator bool() const { return value.has_value(); }
};

// Whether one of the diagnostics is an error.
bool has_error(const std::vector<Diagnostic>& diagnostics);

}  // namespace willrun
