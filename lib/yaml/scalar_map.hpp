// From an offset in a decoded scalar to the byte of the file that it came from: an error inside `if:` points at the
// file.
#pragma once

#include <string_view>
#include <vector>

#include "yaml/tree.hpp"

namespace willrun::yaml {

// Knows for one scalar where each of its decoded bytes stands. Built on demand, in one walk over the scalar as written;
// asking costs a binary search. A plain value: it needs neither tree nor file once it is built.
class ScalarMap {
 public:
  // A node that is no string or symbol, or that no text spells, maps everything to its own start.
  ScalarMap(const Tree& tree, NodeId scalar, const SourceFiles& files);

  // The byte of the file for an offset in the decoded text. An escape, and a line break that was folded, is one place:
  // every byte of its value maps to where it begins. The offset behind the last byte maps behind the last byte written.
  std::uint32_t file_offset(std::size_t decoded) const;

  // The span for the decoded bytes [begin, end); an empty range is an empty span. Escapes are covered whole.
  Span span(std::size_t begin, std::size_t end) const;

 private:
  // A run of decoded bytes. Copied runs advance with the file byte by byte; the others stand for all of [file, file +
  // size).
  struct Run {
    std::uint32_t decoded;
    std::uint32_t file;
    std::uint32_t size;  // bytes in the file
    bool is_copied;
  };
  friend class ScalarWalk;

  const Run* run_of(std::size_t decoded) const;

  FileId file_{};
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t length_ = 0;  // of the decoded text
  std::vector<Run> runs_;
};

}  // namespace willrun::yaml
