#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

#include "diag/codes.hpp"
#include "report/fingerprint.hpp"
#include "report/place.hpp"

namespace willrun {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

Json rules() {
  Json all = Json::array();
  for (const diag::CodeRow& row : diag::all_codes()) {
    all.push_back({{"id", row.id},
                   {"name", row.name},
                   {"shortDescription", {{"text", row.meaning}}},
                   {"defaultConfiguration", {{"level", to_string(row.severity)}}}});
  }
  return all;
}

// Names of files are relative references, so what a reference may not hold is written as `%XX`.
std::string uri(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      constexpr std::string_view kDigits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
  }
  return out;
}

Json location(const LintedFile& file, Span span) {
  Json physical;
  if (!report::has_place(*file.files, span)) {
    physical["artifactLocation"]["uri"] = uri(file.path);
    return {{"physicalLocation", physical}};
  }
  const LineColumn begin = file.files->locate(span.file, span.begin);
  const LineColumn end = file.files->locate(span.file, span.end);
  physical["artifactLocation"]["uri"] = uri(report::file_name(*file.files, span.file, file.paths));
  physical["region"] = {
      {"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
  return {{"physicalLocation", physical}};
}

std::string text(const Diagnostic& found) {
  std::string all = found.message;
  if (!found.help.empty()) all.append("; ").append(found.help);
  return all;
}

Json result(const LintedFile& file, const Diagnostic& found, std::string fingerprint) {
  Json made = {{"ruleId", found.code},
               {"level", to_string(found.severity)},
               {"message", {{"text", text(found)}}},
               {"locations", Json::array({location(file, found.span)})}};
  int number = 0;
  for (const Label& label : found.labels) {
    Json related = {{"id", ++number}};
    related.update(location(file, label.span));
    related["message"] = {{"text", label.text}};
    made["relatedLocations"].push_back(std::move(related));
  }
  made["partialFingerprints"] = {{"willrun/v1", std::move(fingerprint)}};
  return made;
}

}  // namespace

std::string to_sarif(std::span<const LintedFile> linted) {
  Json results = Json::array();
  Json failures = Json::array();
  report::Fingerprints fingerprints;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty()) {
      failures.push_back(
          {{"level", "error"}, {"message", {{"text", std::string(file.path) + ": " + std::string(file.failure)}}}});
      continue;
    }
    for (const Diagnostic& found : file.diagnostics)
      results.push_back(result(file, found, fingerprints.of(file, found)));
  }
  Json run;
  run["tool"]["driver"] = {
      {"name", "willrun"}, {"informationUri", "https://docs.gitlab.com/ci/yaml/"}, {"rules", rules()}};
  run["invocations"] =
      Json::array({{{"executionSuccessful", failures.empty()}, {"toolExecutionNotifications", std::move(failures)}}});
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  const Json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace willrun
