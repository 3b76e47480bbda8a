#include <willrun/source.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/utf8.hpp"

namespace willrun {

struct SourceFiles::File {
  std::string name;
  std::string storage;
  std::string_view text;                   // storage without a byte order mark
  std::vector<std::uint32_t> line_starts;  // offset of each line's first byte; the first is 0
};

SourceFiles::SourceFiles() = default;
SourceFiles::~SourceFiles() = default;
SourceFiles::SourceFiles(SourceFiles&&) noexcept = default;
SourceFiles& SourceFiles::operator=(SourceFiles&&) noexcept = default;

FileId SourceFiles::add(std::string name, std::string text) {
  constexpr std::size_t kMostFiles = std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1;
  if (files_.size() == kMostFiles) throw std::length_error("more than 65,536 source files");
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a source file over 4 GiB");
  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->storage = std::move(text);
  file->text = file->storage;
  if (file->text.starts_with("\xEF\xBB\xBF")) file->text.remove_prefix(3);
  file->line_starts.push_back(0);
  for (std::size_t at = file->text.find('\n'); at != std::string_view::npos; at = file->text.find('\n', at + 1)) {
    file->line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

std::size_t SourceFiles::size() const { return files_.size(); }

std::string_view SourceFiles::name(FileId file) const { return files_[static_cast<std::size_t>(file)]->name; }

std::string_view SourceFiles::text(FileId file) const { return files_[static_cast<std::size_t>(file)]->text; }

bool SourceFiles::has_byte_order_mark(FileId file) const {
  const File& at = *files_[static_cast<std::size_t>(file)];
  return at.text.size() != at.storage.size();
}

std::string_view SourceFiles::text(Span span) const {
  const std::string_view all = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

LineColumn SourceFiles::locate(FileId file, std::uint32_t offset) const {
  const File& at = *files_[static_cast<std::size_t>(file)];
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(offset, at.text.size()));
  const auto next = std::upper_bound(at.line_starts.begin(), at.line_starts.end(), end);
  const auto line = static_cast<std::uint32_t>(next - at.line_starts.begin());
  const std::uint32_t start = *(next - 1);
  const auto column = static_cast<std::uint32_t>(utf8::length(at.text.substr(start, end - start)));
  return {line, column + 1};
}

std::string_view SourceFiles::line(FileId file, std::uint32_t line) const {
  const std::uint32_t begin = line_start(file, line);
  const std::uint32_t end = line_start(file, line + 1);
  std::string_view found = text(file).substr(begin, end - begin);
  if (found.ends_with('\n')) found.remove_suffix(1);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::uint32_t SourceFiles::line_start(FileId file, std::uint32_t line) const {
  const File& at = *files_[static_cast<std::size_t>(file)];
  if (line == 0 || line > at.line_starts.size()) return static_cast<std::uint32_t>(at.text.size());
  return at.line_starts[line - 1];
}

}  // namespace willrun
