#include <fmt/format.h>

#include <willrun/report.hpp>

namespace willrun {

namespace {

void add(std::string& out, std::size_t number, std::string_view noun) {
  if (number == 0) return;
  if (!out.empty()) out += ", ";
  out += fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

}  // namespace

FindingCounts count(std::span<const Diagnostic> diagnostics) {
  FindingCounts counts;
  for (const Diagnostic& diagnostic : diagnostics) {
    switch (diagnostic.severity) {
      case Severity::error: ++counts.errors; break;
      case Severity::warning: ++counts.warnings; break;
      case Severity::note: ++counts.notes; break;
    }
  }
  return counts;
}

std::string to_string(const FindingCounts& counts) {
  std::string out;
  add(out, counts.errors, "error");
  add(out, counts.warnings, "warning");
  return out.empty() ? "no findings" : out;
}

}  // namespace willrun
