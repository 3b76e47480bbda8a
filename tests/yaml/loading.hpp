// Loads a text from memory with one reader, and says in one line what came of it.
#pragma once

#include <string>
#include <string_view>

#include "yaml/load.hpp"

namespace willrun::yaml {

inline constexpr YamlReader kReaders[] = {YamlReader::libyaml, YamlReader::yaml_cpp};

// Everything that a node of the tree lives on.
struct Loading {
  SourceFiles files;
  Tree tree;
  FileId file{};
  ReadNotes notes;

  explicit Loading(std::string_view text) { file = files.add("a.yml", std::string(text)); }

  Outcome<NodeId> document(const LoadOptions& options = {}) {
    return load_document(tree, files, file, options, &notes);
  }
  Outcome<CiText> ci(const LoadOptions& options = {}) { return load_ci_text(tree, files, file, options, &notes); }
};

LoadOptions with(YamlReader reader);

// `{"a"=>1}` as Ruby prints it, or `error: GITLAB'S TEXT`, or `crash`.
std::string document_text(std::string_view text, YamlReader reader);
// The same of the CI loader, `header {..} content {..}` with a header.
std::string ci_text(std::string_view text, YamlReader reader);
// The printed tree, or `code line:column-line:column message`.
std::string printed(std::string_view text, YamlReader reader);
std::string printed(const Diagnostic& diagnostic, const SourceFiles& files);

}  // namespace willrun::yaml
