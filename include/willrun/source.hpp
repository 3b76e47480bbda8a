// Files and places in them. Everything that willrun says about a text points at it with a Span, and a Span is turned
// into line and column only when it is printed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace willrun {

// A file of one SourceFiles, numbered from 0 in the order in which files were added.
enum class FileId : std::uint16_t {};

// A half-open range of bytes in one file. Offsets count from the first byte after a byte order mark.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// A place as people read it: both numbers start at 1, and the column counts code points (an invalid byte counts as
// one).
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

// The texts of one load, by FileId. Owns names and texts, which stay where they are for its whole life, so views into
// them remain valid when files are added and when the object is moved.
//
// Threads: adding is not synchronised; once nothing is added any more, all const members may be called concurrently.
class SourceFiles {
 public:
  SourceFiles();
  ~SourceFiles();
  SourceFiles(SourceFiles&&) noexcept;
  SourceFiles& operator=(SourceFiles&&) noexcept;
  SourceFiles(const SourceFiles&) =
      delete;  // Views into the texts are handed out; a copy would silently not be the owner.
  SourceFiles& operator=(const SourceFiles&) = delete;

  // Adds a file and drops a UTF-8 byte order mark at its start. The text may hold any bytes. At most 65,536 files and
  // texts below 4 GiB: more throws std::length_error (GitLab's own limit is 150 files of 2 MiB).
  FileId add(std::string name, std::string text);

  std::size_t size() const;
  std::string_view name(FileId file) const;
  std::string_view text(FileId file) const;
  // Whether a byte order mark was dropped. GitLab's YAML reader sees it, and it moves the first line by a column.
  bool has_byte_order_mark(FileId file) const;
  // The text under a span; a span that reaches over the end is cut there.
  std::string_view text(Span span) const;

  // Where a byte offset stands. An offset over the end gives the place behind the last byte.
  LineColumn locate(FileId file, std::uint32_t offset) const;
  // The 1-based line without its line break ("\n" or "\r\n"); empty when there is no such line.
  std::string_view line(FileId file, std::uint32_t line) const;
  // The byte offset at which a 1-based line starts; the end of the text when there is no such line.
  std::uint32_t line_start(FileId file, std::uint32_t line) const;

 private:
  struct File;
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace willrun
