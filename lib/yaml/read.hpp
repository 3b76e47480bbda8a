// One document from text to nodes, by the reader that the options name.
#pragma once

#include <optional>

#include <willrun/diagnostic.hpp>
#include <willrun/options.hpp>

#include "yaml/load.hpp"

namespace willrun::yaml {

struct ReadRequest {
  std::string_view text;
  FileId file{};
  std::uint32_t base = 0;  // where the text starts in its file
  bool byte_order_mark = false;
};

// The root, or the error that GitLab reports: one of syntax before any other.
struct ReadAnswer {
  NodeId root = kNoNode;
  std::optional<Diagnostic> error;
  bool has_symbol_key = false;
  bool has_alias = false;
};

// The size limits are the caller's business.
ReadAnswer read_document(Tree& tree, const ReadRequest& request, const LoadOptions& options, ReadNotes* notes);

}  // namespace willrun::yaml
