#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

#include "report/fingerprint.hpp"
#include "report/place.hpp"

namespace willrun {

namespace {

using Json = nlohmann::ordered_json;

// GitLab's words: info, minor, major, critical, blocker.
std::string_view severity(Severity level) {
  switch (level) {
    case Severity::note: return "info";
    case Severity::warning: return "minor";
    case Severity::error: return "critical";
  }
  return {};
}

Json issue(std::string description, std::string_view name, std::string fingerprint, std::string_view level,
           std::string path, std::uint32_t line) {
  return {{"description", std::move(description)},
          {"check_name", name},
          {"fingerprint", std::move(fingerprint)},
          {"severity", level},
          {"location", {{"path", std::move(path)}, {"lines", {{"begin", line}}}}}};
}

}  // namespace

std::string to_code_quality(std::span<const LintedFile> linted) {
  Json all = Json::array();
  report::Fingerprints fingerprints;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty()) {
      all.push_back(issue(std::string(file.failure), "unreadable", fingerprints.of_failure(file), "critical",
                          std::string(file.path), 1));
      continue;
    }
    for (const Diagnostic& found : file.diagnostics) {
      const bool placed = report::has_place(*file.files, found.span);
      all.push_back(issue(found.message, found.name, fingerprints.of(file, found), severity(found.severity),
                          placed ? report::file_name(*file.files, found.span.file, file.paths) : std::string(file.path),
                          placed ? file.files->locate(found.span.file, found.span.begin).line : 1));
    }
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace willrun
