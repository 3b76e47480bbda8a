#include "report/place.hpp"

#include <fmt/format.h>

#include "report/printable.hpp"

namespace willrun::report {

bool has_place(const SourceFiles& files, Span span) { return static_cast<std::size_t>(span.file) < files.size(); }

std::string file_name(const SourceFiles& files, FileId file, std::string_view prefix) {
  return printable(std::string(prefix).append(files.name(file)));
}

std::string place(const SourceFiles& files, Span span, std::string_view prefix) {
  if (!has_place(files, span)) return {};
  const LineColumn at = files.locate(span.file, span.begin);
  return fmt::format("{}:{}:{}", file_name(files, span.file, prefix), at.line, at.column);
}

}  // namespace willrun::report
