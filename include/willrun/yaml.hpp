// YAML as GitLab reads it: one document, or a configuration text with header and references. For those who want the
// values of a file and nothing of what GitLab makes of them; load() in config.hpp goes on from here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/value.hpp>

namespace willrun {

// A text as one YAML document. Movable, not copyable. Threads: a plain value.
struct YamlDocument {
  // Scalars resolved as Ruby's Psych does (`yes` is true, `0644` is 420, `1:30` is 5400), merge keys applied, aliases
  // copied out, `!reference` kept. An empty text is null. None when there is an error.
  std::optional<Value> value;
  // At most one error; it points into `files`.
  std::vector<Diagnostic> diagnostics;
  // The text, as the file `.gitlab-ci.yml` unless the call names it.
  SourceFiles files;
  // GitLab itself fails on this text: the diagnostic has no text of GitLab.
  bool crashed = false;
  // The options name yaml-cpp, but it does not read this text as libyaml does, so libyaml's reading was taken.
  bool yaml_cpp_set_aside = false;
};

// Reads the first document and does not look at what follows it, as GitLab's loader of single documents does. Never
// throws for what stands in the text. Cost: linear in the text, within LoadOptions::limits.
YamlDocument read_yaml(std::string_view text, const LoadOptions& options = {}, std::string name = ".gitlab-ci.yml");

// A text as GitLab's loader of CI configurations reads it. Movable, not copyable. Threads: a plain value.
struct YamlConfiguration {
  // The map with the key `spec`, when the text has one before its content.
  std::optional<Value> header;
  // Always a mapping; `a` and `:a` are one key. An empty text is an empty mapping. None when there is an error.
  std::optional<Value> content;
  // Whether there is a header, known when there is content.
  bool has_header = false;
  // The content with every `!reference` replaced by what it names; none when one of them fails.
  std::optional<Value> resolved;
  // At most one error of reading, or one of resolving; they point into `files`.
  std::vector<Diagnostic> diagnostics;
  SourceFiles files;
  // GitLab itself fails on this text.
  bool crashed = false;
  bool yaml_cpp_set_aside = false;
};

// Splits at lines that start with `---`, reads each part, and resolves references in the content. Never throws for what
// stands in the text. References that unfold to more than Limits::resolved_nodes values are an error.
YamlConfiguration read_ci_yaml(std::string_view text, const LoadOptions& options = {},
                               std::string name = ".gitlab-ci.yml");

}  // namespace willrun
