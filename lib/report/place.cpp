#include "report/place.hpp"

#include <fmt/format.h>

#include "report/printable.hpp"

namespace willrun::report {

bool has_place(const SourceFiles& files, Span span) { return static_cast<std::size_t>(span.file) < files.size(); }

std::string file_name(const SourceFiles& files, FileId file, const ShownPaths& paths) {
  const std::string_view name = files.name(file);
  if (!paths.folder.empty() && name.starts_with(paths.folder)) return std::string(name.substr(paths.folder.size()));
  return std::string(paths.prefix).append(name);
}

std::string place(const SourceFiles& files, Span span, const ShownPaths& paths) {
  if (!has_place(files, span)) return {};
  const LineColumn at = files.locate(span.file, span.begin);
  return fmt::format("{}:{}:{}", printable(file_name(files, span.file, paths)), at.line, at.column);
}

}  // namespace willrun::report
