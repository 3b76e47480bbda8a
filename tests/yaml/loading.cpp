#include "yaml/loading.hpp"

#include "ruby/print.hpp"
#include "yaml/print.hpp"

namespace willrun::yaml {

namespace {

std::string error_text(const Diagnostic& error) {
  return error.gitlab_text.empty() ? "crash" : "error: " + error.gitlab_text;
}

}  // namespace

LoadOptions with(YamlReader reader) {
  LoadOptions options;
  options.yaml_reader = reader;
  return options;
}

std::string document_text(std::string_view text, YamlReader reader) {
  Loading loading(text);
  const auto outcome = loading.document(with(reader));
  return outcome ? ruby::inspect(loading.tree, *outcome.value) : error_text(outcome.diagnostics.at(0));
}

std::string ci_text(std::string_view text, YamlReader reader) {
  Loading loading(text);
  const auto outcome = loading.ci(with(reader));
  if (!outcome) return error_text(outcome.diagnostics.at(0));
  std::string out;
  if (outcome.value->has_header) out = "header " + ruby::inspect(loading.tree, outcome.value->header) + " content ";
  return out + ruby::inspect(loading.tree, outcome.value->content);
}

std::string printed(const Diagnostic& diagnostic, const SourceFiles& files) {
  const LineColumn begin = files.locate(diagnostic.span.file, diagnostic.span.begin);
  const LineColumn end = files.locate(diagnostic.span.file, diagnostic.span.end);
  const auto place = [](const LineColumn& at) { return std::to_string(at.line) + ":" + std::to_string(at.column); };
  return std::string(diagnostic.name) + " " + place(begin) + "-" + place(end) + " " + diagnostic.message + "\n";
}

std::string printed(std::string_view text, YamlReader reader) {
  Loading loading(text);
  const auto outcome = loading.document(with(reader));
  if (!outcome) return printed(outcome.diagnostics.at(0), loading.files);
  return print(loading.tree, loading.files, *outcome.value);
}

}  // namespace willrun::yaml
