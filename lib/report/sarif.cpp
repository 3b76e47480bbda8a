#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <willrun/fixes.hpp>
#include <willrun/report.hpp>

#include "diag/codes.hpp"
#include "lint/check.hpp"
#include "report/fingerprint.hpp"
#include "report/place.hpp"

namespace willrun {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";
// Names of files are relative to it; where it is, only those who read the report know.
constexpr std::string_view kBase = "%SRCROOT%";

// GitLab's page about what a code's hundred is about.
std::string_view help_page(std::string_view id) {
  if (id == "WR618" || id == "WR619") return "https://docs.gitlab.com/ci/variables/";
  if (id == "WR621") return "https://docs.gitlab.com/ci/yaml/deprecated_keywords/";
  if (id == "WR622") return "https://docs.gitlab.com/ci/yaml/includes/";
  if (id == "WR623") return "https://docs.gitlab.com/ci/yaml/script/";
  switch (id.size() > 2 ? id[2] : ' ') {
    case '2': return "https://docs.gitlab.com/ci/inputs/";
    case '3': return "https://docs.gitlab.com/ci/yaml/includes/";
    case '5':
    case '6': return "https://docs.gitlab.com/ci/jobs/job_rules/";
    default: return "https://docs.gitlab.com/ci/yaml/";
  }
}

std::string sentence(std::string_view meaning) {
  std::string made = fmt::format("{}.", meaning);
  if (made.front() >= 'a' && made.front() <= 'z') made.front() = static_cast<char>(made.front() - 'a' + 'A');
  return made;
}

std::string_view advice(diag::Code code) {
  const auto check = std::ranges::find(lint::all_checks(), code, &lint::Check::code);
  return check == lint::all_checks().end() ? std::string_view() : (*check)->advice;
}

Json rules() {
  Json all = Json::array();
  for (const diag::CodeRow& row : diag::all_codes()) {
    const std::string_view more = advice(row.code);
    const std::string meaning = sentence(row.meaning);
    all.push_back({{"id", row.id},
                   {"name", row.name},
                   {"shortDescription", {{"text", meaning}}},
                   {"fullDescription", {{"text", more.empty() ? meaning : fmt::format("{} {}", meaning, more)}}},
                   {"help", {{"text", fmt::format("{}{}{}", meaning, more.empty() ? "" : " ", more)}}},
                   {"helpUri", help_page(row.id)},
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

Json artifact(std::string_view path) {
  if (path.starts_with('/')) return {{"uri", "file://" + uri(path)}};
  return {{"uri", uri(path)}, {"uriBaseId", kBase}};
}

Json region(const SourceFiles& files, Span span) {
  const LineColumn begin = files.locate(span.file, span.begin);
  const LineColumn end = files.locate(span.file, span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json location(const LintedFile& file, Span span) {
  const bool placed = report::has_place(*file.files, span);
  Json physical = {{"artifactLocation",
                    artifact(placed ? report::file_name(*file.files, span.file, file.paths) : std::string(file.path))}};
  if (placed) physical["region"] = region(*file.files, span);
  return {{"physicalLocation", std::move(physical)}};
}

Json fix(const LintedFile& file, const Diagnostic& found) {
  const std::string_view kind = to_string(fix_kind(found.code));
  Json replacement = {{"deletedRegion", region(*file.files, found.fix->span)},
                      {"insertedContent", {{"text", found.fix->text}}}};
  Json change = {{"artifactLocation", artifact(report::file_name(*file.files, found.fix->span.file, file.paths))},
                 {"replacements", Json::array({std::move(replacement)})}};
  return {{"description", {{"text", fmt::format("{} fix", kind)}}},
          {"artifactChanges", Json::array({std::move(change)})}};
}

std::string text(const Diagnostic& found) {
  std::string all = found.message;
  if (!found.help.empty()) all.append("; ").append(found.help);
  return all;
}

std::size_t rule_index(std::string_view id) {
  const auto rows = diag::all_codes();
  return static_cast<std::size_t>(std::ranges::find(rows, id, &diag::CodeRow::id) - rows.begin());
}

Json result(const LintedFile& file, const Diagnostic& found, std::string fingerprint) {
  Json made = {{"ruleId", found.code},
               {"ruleIndex", rule_index(found.code)},
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
  if (found.fix) made["fixes"] = Json::array({fix(file, found)});
  return made;
}

Json failure(const LintedFile& file) {
  return {{"level", "error"},
          {"message", {{"text", fmt::format("{}: {}", file.path, file.failure)}}},
          {"locations", Json::array({{{"physicalLocation", {{"artifactLocation", artifact(file.path)}}}}})}};
}

}  // namespace

std::string to_sarif(std::span<const LintedFile> linted) {
  Json results = Json::array();
  Json failures = Json::array();
  report::Fingerprints fingerprints;
  for (const LintedFile& file : linted) {
    if (!file.failure.empty()) {
      failures.push_back(failure(file));
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
  run["originalUriBaseIds"][std::string(kBase)] = {{"description", {{"text", "the folder where willrun was started"}}}};
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  const Json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace willrun
