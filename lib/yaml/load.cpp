#include "yaml/load.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "diag/codes.hpp"
#include "yaml/limits.hpp"
#include "yaml/read.hpp"
#include "yaml/split.hpp"
#include "yaml/symbol_keys.hpp"

namespace willrun::yaml {

namespace {

// A document before the size limits are checked.
struct Document {
  NodeId first{};  // the first node that may belong to it
  NodeId root = kNoNode;
  bool has_symbol_key = false;
  bool has_alias = false;
};

class Loader {
 public:
  Loader(Tree& tree, const SourceFiles& files, FileId file, const LoadOptions& options, ReadNotes* notes)
      : tree_(tree), files_(files), file_(file), options_(options), notes_(notes) {}

  std::optional<Document> read(const Part& part) {
    const bool byte_order_mark = part.begin == 0 && files_.has_byte_order_mark(file_);
    const std::string_view text = files_.text(file_).substr(part.begin, part.end - part.begin);
    if (text.size() + (byte_order_mark ? 3 : 0) > options_.limits.yaml_bytes) return too_many_bytes(part);
    Document document;
    document.first = static_cast<NodeId>(tree_.size());
    const ReadRequest request{text, file_, part.begin, byte_order_mark};
    ReadAnswer answer = read_document(tree_, request, options_, notes_);
    if (answer.error) return fail(std::move(*answer.error));
    document.root = answer.root;
    document.has_symbol_key = answer.has_symbol_key;
    document.has_alias = answer.has_alias;
    return document;
  }

  bool within_limits(const Document& document) {
    std::optional<Diagnostic> error =
        check_size(tree_, document.first, document.root, document.has_alias, options_.limits);
    if (error) fail(std::move(*error));
    return !error;
  }

  bool is_map(const Document& document) {
    if (tree_.is_mapping(document.root)) return true;
    fail(diag::make(diag::Code::yaml_not_a_map, tree_.span(document.root),
                    fmt::format("found a {} at the top, expected a map of keywords and jobs", kind_name(document.root)),
                    "Invalid configuration format"));
    return false;
  }

  bool is_utf8() {
    const std::string_view text = files_.text(file_);
    if (utf8::is_valid(text)) return true;
    std::uint32_t at = 0;
    while (utf8::decode(text, at).valid) at += utf8::decode(text, at).size;
    fail(diag::make(diag::Code::yaml_crash, {file_, at, at + 1},
                    "found a byte that is not UTF-8, and GitLab fails on it"));
    return false;
  }

  std::vector<Diagnostic> take_diagnostics() { return std::move(diagnostics_); }

 private:
  std::nullopt_t fail(Diagnostic diagnostic) {
    diagnostics_.push_back(std::move(diagnostic));
    return std::nullopt;
  }

  std::nullopt_t too_many_bytes(const Part& part) {
    return fail(diag::make(
        diag::Code::yaml_too_big, {file_, part.begin, part.begin},
        fmt::format("the text has {} bytes, at most {} are read", part.end - part.begin, options_.limits.yaml_bytes),
        "The provided YAML is too big"));
  }

  std::string_view kind_name(NodeId node) const {
    switch (tree_.kind(node)) {
      case ValueKind::sequence: return "list";
      case ValueKind::string:
      case ValueKind::symbol: return "text";
      case ValueKind::boolean: return "boolean";
      case ValueKind::reference: return "`!reference`";
      default: return "number";
    }
  }

  Tree& tree_;
  const SourceFiles& files_;
  FileId file_;
  const LoadOptions& options_;
  ReadNotes* notes_;
  std::vector<Diagnostic> diagnostics_;
};

// ActiveSupport's blank?: such documents do not count.
bool is_blank(const Tree& tree, NodeId root) {
  switch (tree.kind(root)) {
    case ValueKind::null: return true;
    case ValueKind::boolean: return !tree[root].boolean;
    case ValueKind::string: return utf8::is_blank(tree.text(root));
    case ValueKind::symbol:
    case ValueKind::sequence:
    case ValueKind::mapping: return tree[root].size == 0;
    default: return false;
  }
}

}  // namespace

Outcome<NodeId> load_document(Tree& tree, const SourceFiles& files, FileId file, const LoadOptions& options,
                              ReadNotes* notes) {
  Loader loader(tree, files, file, options, notes);
  Outcome<NodeId> outcome;
  const auto document = loader.read({0, static_cast<std::uint32_t>(files.text(file).size())});
  if (document && loader.within_limits(*document)) outcome.value = document->root;
  outcome.diagnostics = loader.take_diagnostics();
  return outcome;
}

Outcome<CiText> load_ci_text(Tree& tree, const SourceFiles& files, FileId file, const LoadOptions& options,
                             ReadNotes* notes) {
  Loader loader(tree, files, file, options, notes);
  const auto failed = [&] { return Outcome<CiText>{std::nullopt, loader.take_diagnostics()}; };
  if (!loader.is_utf8()) return failed();
  std::vector<Document> documents;
  for (const Part& part : split_documents(files.text(file), files.has_byte_order_mark(file))) {
    const auto document = loader.read(part);
    if (!document) return failed();
    if (!is_blank(tree, document->root)) documents.push_back(*document);
  }
  for (Document& document : documents) {
    if (!loader.within_limits(document) || !loader.is_map(document)) return failed();
    if (document.has_symbol_key) document.root = unify_keys(tree, document.root);
  }
  CiText text;
  text.has_header = documents.size() > 1 && tree.find(documents.front().root, "spec") != kNoNode;
  if (text.has_header) text.header = documents.front().root;
  if (documents.empty()) {
    text.content = tree.add_mapping({}, {file, 0, 0}, Style::block);
  } else {
    text.content = text.has_header ? documents.back().root : documents.front().root;
  }
  return {text, loader.take_diagnostics()};
}

}  // namespace willrun::yaml
