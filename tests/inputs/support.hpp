// One text interpolated, printed.
#pragma once

#include <string>
#include <string_view>

#include <willrun/options.hpp>
#include <willrun/value.hpp>
#include <willrun/variables.hpp>

#include "inputs/interpolate.hpp"
#include "ruby/print.hpp"
#include "yaml/load.hpp"

namespace willrun::inputs {

struct Case {
  std::string text;
  Value given = {};
  std::vector<Variable> variables = {};
  Value component = {};
  bool check_rule_graph = false;
  LoadOptions options = {};
};

struct Answer {
  std::string content;               // as Ruby's inspect prints it; empty when there are errors
  std::vector<Diagnostic> findings;  // all errors
  std::vector<std::string> places;   // the text under each one's span
};

inline Answer answer(const Case& asked) {
  SourceFiles files;
  yaml::Tree tree;
  const FileId file = files.add("a.yml", asked.text);
  LoadOptions options = asked.options;
  options.yaml_reader = YamlReader::libyaml;
  Answer made;
  Outcome<yaml::CiText> text = yaml::load_ci_text(tree, files, file, options);
  Outcome<yaml::NodeId> content{std::nullopt, text.diagnostics};
  if (text.value) {
    const auto add = [&](const Value& value) {
      return value.is_null() ? yaml::kNoNode : yaml::add_value(tree, value, {file, 0, 0});
    };
    content = interpolate(
        tree, files, *text.value,
        {add(asked.given), asked.variables, add(asked.component), {file, 0, 0}, asked.check_rule_graph}, options);
  }
  if (content.value) made.content = ruby::inspect(tree, *content.value);
  for (const Diagnostic& finding : content.diagnostics) made.places.emplace_back(files.text(finding.span));
  made.findings = std::move(content.diagnostics);
  return made;
}

// The content, or GitLab's texts of all errors, a line each; a crash is "crash: " and our message.
inline std::string printed(const Case& asked) {
  const Answer made = answer(asked);
  if (made.findings.empty()) return made.content;
  std::string lines;
  for (const Diagnostic& finding : made.findings) {
    const std::string own = (finding.name == "inputs-crash" ? "crash: " : "own: ") + finding.message;
    lines += (lines.empty() ? "" : "\n") + (finding.gitlab_text.empty() ? own : finding.gitlab_text);
  }
  return lines;
}

inline Value map(std::vector<std::pair<std::string, Value>> pairs) {
  Value::Mapping made;
  for (auto& [key, value] : pairs) made.emplace_back(Value(key), std::move(value));
  return made;
}

}  // namespace willrun::inputs
