#include "common/settings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <willrun/lint.hpp>
#include <willrun/nearest.hpp>

#include "common/text.hpp"
#include "common/value_reader.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

class Reader {
 public:
  explicit Reader(fs::path folder) : folder_(std::move(folder)) {}

  Settings read(const Value& root) {
    Settings settings;
    read_map(
        root, "the settings",
        {{"projects", [&](const Value& value) { read_projects(value, settings); }},
         {"default_branch", [&](const Value& value) { settings.default_branch = text_of(value, "default_branch"); }},
         {"protected", [&](const Value& value) { settings.protected_refs = texts_of(value, "protected"); }},
         {"templates", [&](const Value& value) { settings.templates = path(value, "templates"); }},
         {"lint", [&](const Value& value) { read_lint(value, settings); }},
         {"remote", [&](const Value& value) { read_remote(value, settings); }}});
    return settings;
  }

 private:
  fs::path path(const Value& value, std::string_view name) const {
    return (folder_ / text_of(value, name)).lexically_normal();
  }

  void read_projects(const Value& value, Settings& settings) const {
    if (value.is_null()) return;
    for (const auto& [project, folder] : pairs_of(value, "projects")) {
      const std::string& name = text_of(project, "a project");
      settings.projects[lower(name)] = path(folder, name);
    }
  }

  // Every kind of finding by code and by name, and `all`.
  static const std::vector<std::string_view>& kinds() {
    static const std::vector<std::string_view> words = [] {
      std::vector<std::string_view> all = {"all"};
      for (const FindingKind& kind : finding_kinds()) {
        if (kind.is_check) all.insert(all.end(), {kind.code, kind.name});
      }
      return all;
    }();
    return words;
  }

  // YAML reads a bare `off` as false.
  static std::optional<Severity> level_of(const Value& value, const std::string& name) {
    if (value.kind() == ValueKind::boolean && !value.boolean()) return std::nullopt;
    const std::string& word = text_of(value, name);
    if (word == "off") return std::nullopt;
    if (word == "note") return Severity::note;
    if (word == "warning") return Severity::warning;
    if (word == "error") return Severity::error;
    throw WrongValue{fmt::format("lint: {} takes error, warning, note or off", name)};
  }

  static void read_lint(const Value& value, Settings& settings) {
    if (value.is_null()) return;
    for (const auto& [key, level] : pairs_of(value, "lint")) {
      const std::string& name = text_of(key, "a check");
      if (std::ranges::count(kinds(), name) == 0) {
        const std::string meant = suggestion(name, kinds());
        throw WrongValue{fmt::format("lint: there is no check `{}`{}{}", name, meant.empty() ? "" : "; ", meant)};
      }
      settings.levels.emplace_back(name, level_of(level, name));
    }
  }

  void read_remote(const Value& value, Settings& settings) const {
    read_map(value, "remote",
             {{"allow_private",
               [&](const Value& hosts) {
                 for (const std::string& host : texts_of(hosts, "allow_private"))
                   settings.remote_hosts.push_back(lower(host));
               }},
              {"timeout_seconds",
               [&](const Value& number) {
                 settings.remote_timeout = std::chrono::seconds(number_of(number, "timeout_seconds"));
               }},
              {"cache", [&](const Value& folder) { settings.cache = path(folder, "cache"); }},
              {"cache_bytes", [&](const Value& number) {
                 settings.cache_bytes = static_cast<std::uint64_t>(number_of(number, "cache_bytes"));
               }}});
  }

  fs::path folder_;
};

}  // namespace

SettingsOutcome read_settings(const fs::path& file) {
  bool missing = false;
  try {
    const Value root = read_value_file(file.string(), missing);
    return {Reader(fs::absolute(file).parent_path()).read(root), {}};
  } catch (const WrongValue& wrong) {
    if (missing) return {};
    return {{}, file.string() + ": " + wrong.text};
  }
}

}  // namespace willrun::tools
