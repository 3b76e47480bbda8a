// CI/CD variables as a list, and the expansion of `$NAME`, `${NAME}` and `%NAME%` in texts and in a whole list, as
// GitLab does it before a job runs. A NAME is [A-Za-z_][A-Za-z0-9_]*; anything else after `$` or `%` is plain text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/options.hpp>

namespace willrun {

// One variable of a list. Names may repeat in a list: the last one counts.
struct Variable {
  std::string key;
  // No value is not the empty value: it is GitLab's null (CI_PIPELINE_NAME in rules, say).
  std::optional<std::string> value;
  bool is_public = true;
  bool file = false;    // the runner gives the job a path; here `value` is the file's text
  bool masked = false;  // hidden in logs
  bool raw = false;     // `expand: false`: its own value is never expanded

  friend bool operator==(const Variable&, const Variable&) = default;
};

struct ExpandOptions {
  bool expand_file_refs = true;  // false: references to file variables stay as written
  bool fail_on_masked = false;   // true: a reference to a masked variable is an error
};

// The expanded text, or no text and GitLab's error ("masked variables cannot be expanded").
struct Expanded {
  std::optional<std::string> text;
  std::string error;
};

// Replaces every reference once; values are not expanded again. A reference to an undefined variable, or to one without
// a value, becomes empty. `$$` has no meaning: `$$A` is `$` and the value of A.
Expanded expand(std::string_view text, std::span<const Variable> variables, const ExpandOptions& options = {});

// The same, but a reference to an undefined variable, or to one without a value, stays as written.
Expanded expand_existing(std::string_view text, std::span<const Variable> variables, const ExpandOptions& options = {});

struct SortOptions {
  bool keep_undefined = false;   // true: references to undefined variables stay as written, else they become empty
  bool expand_file_refs = true;  // false: references to file variables stay as written
  bool expand_raw_refs = true;   // false: references to raw variables stay as written
};

struct SortedVariables {
  // All variables, each one behind those that it refers to and with its value expanded. As given when there is an
  // error.
  std::vector<Variable> variables;
  // GitLab's `circular variable reference detected: ["A", "B"]`; our own text when the values grow over
  // Limits::expanded_bytes; else empty.
  std::string error;
};

// Expands all variables in each other. Here `$$` and `%%` stay as they are and shield what follows (`$$A` is not
// expanded). A variable that refers to itself alone is no cycle: it sees the last earlier one of its name, or nothing.
// Cost: linear in the list and in the texts.
SortedVariables sort_and_expand_all(std::span<const Variable> variables, const SortOptions& options = {},
                                    const Limits& limits = {});

}  // namespace willrun
