#include <fmt/format.h>

#include <willrun/report.hpp>

#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

// Escapes of workflow commands; properties have two more.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view command(Severity severity) { return severity == Severity::note ? "notice" : to_string(severity); }

std::string line_of(const LintedFile& file, const Diagnostic& found) {
  std::string message = found.message;
  if (!found.help.empty()) message.append("\n").append(found.help);
  const std::string title = fmt::format("{} {}", found.code, found.name);
  std::string where = escaped(report::printable(file.path), true);
  if (report::has_place(*file.files, found.span)) {
    const LineColumn begin = file.files->locate(found.span.file, found.span.begin);
    const LineColumn end = file.files->locate(found.span.file, found.span.end);
    where = fmt::format("{},line={},endLine={},col={},endColumn={}",
                        escaped(report::printable(report::file_name(*file.files, found.span.file, file.paths)), true),
                        begin.line, end.line, begin.column, end.column);
  }
  return fmt::format("::{} file={},title={}::{}\n", command(found.severity), where, escaped(title, true),
                     escaped(report::printable(message), false));
}

}  // namespace

std::string to_github(std::span<const LintedFile> linted) {
  std::string out;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty())
      out += fmt::format("::error file={}::{}\n", escaped(report::printable(file.path), true),
                         escaped(report::printable(file.failure), false));
    if (!file.failure.empty()) continue;
    for (const Diagnostic& found : file.diagnostics) out += line_of(file, found);
  }
  return out;
}

}  // namespace willrun
