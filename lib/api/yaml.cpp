#include <willrun/yaml.hpp>

#include "compose/reference.hpp"
#include "diag/codes.hpp"
#include "yaml/load.hpp"

namespace willrun {

namespace {

bool has_crash(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.code == diag::row(diag::Code::yaml_crash).id) return true;
  }
  return false;
}

}  // namespace

YamlDocument read_yaml(std::string_view text, const LoadOptions& options, std::string name) {
  YamlDocument document;
  const FileId file = document.files.add(std::move(name), std::string(text));
  yaml::Tree tree;
  yaml::ReadNotes notes;
  Outcome<yaml::NodeId> read = yaml::load_document(tree, document.files, file, options, &notes);
  if (read) document.value = yaml::to_value(tree, *read.value);
  document.diagnostics = std::move(read.diagnostics);
  document.crashed = has_crash(document.diagnostics);
  document.yaml_cpp_set_aside = notes.yaml_cpp_set_aside;
  return document;
}

YamlConfiguration read_ci_yaml(std::string_view text, const LoadOptions& options, std::string name) {
  YamlConfiguration found;
  const FileId file = found.files.add(std::move(name), std::string(text));
  yaml::Tree tree;
  yaml::ReadNotes notes;
  Outcome<yaml::CiText> read = yaml::load_ci_text(tree, found.files, file, options, &notes);
  found.diagnostics = std::move(read.diagnostics);
  found.crashed = has_crash(found.diagnostics);
  found.yaml_cpp_set_aside = notes.yaml_cpp_set_aside;
  if (!read) return found;
  found.has_header = read.value->has_header;
  if (found.has_header) found.header = yaml::to_value(tree, read.value->header);
  found.content = yaml::to_value(tree, read.value->content);
  Outcome<yaml::NodeId> resolved = compose::resolve_references(tree, read.value->content, options.limits);
  if (resolved) found.resolved = yaml::to_value(tree, *resolved.value);
  for (Diagnostic& diagnostic : resolved.diagnostics) found.diagnostics.push_back(std::move(diagnostic));
  return found;
}

}  // namespace willrun
