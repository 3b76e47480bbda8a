#include "common/settings.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include <willrun/nearest.hpp>
#include <willrun/yaml.hpp>

#include "common/read_file.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

// Thrown with what is wrong; read_settings() puts the file's name in front.
struct Wrong {
  std::string text;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return text;
}

// One key of a map, and what reads its value.
struct Key {
  std::string_view name;
  std::function<void(const Value&)> read;
};

const std::string& text_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::string) throw Wrong{std::string(name) + " is no text"};
  return value.text();
}

std::int64_t number_of(const Value& value, std::string_view name) {
  if (value.kind() != ValueKind::integer || value.integer() < 0)
    throw Wrong{std::string(name) + " is no number of at least 0"};
  return value.integer();
}

void read_map(const Value& map, std::string_view name, const std::vector<Key>& keys) {
  if (map.is_null()) return;
  if (map.kind() != ValueKind::mapping) throw Wrong{std::string(name) + " is no map"};
  for (const auto& [key, value] : map.pairs()) {
    const std::string& word = text_of(key, "a key of " + std::string(name));
    const auto known = std::find_if(keys.begin(), keys.end(), [&](const Key& one) { return one.name == word; });
    if (known != keys.end()) {
      known->read(value);
      continue;
    }
    std::vector<std::string_view> names;
    for (const Key& one : keys) names.push_back(one.name);
    const std::string advice = suggestion(word, names);
    std::string text = "`";
    text.append(word).append("` is not known in ").append(name);
    if (!advice.empty()) text.append("; ").append(advice);
    throw Wrong{std::move(text)};
  }
}

class Reader {
 public:
  explicit Reader(fs::path folder) : folder_(std::move(folder)) {}

  Settings read(const Value& root) {
    Settings settings;
    read_map(
        root, "the settings",
        {{"projects", [&](const Value& value) { read_projects(value, settings); }},
         {"default_branch", [&](const Value& value) { settings.default_branch = text_of(value, "default_branch"); }},
         {"protected", [&](const Value& value) { read_protected(value, settings); }},
         {"templates", [&](const Value& value) { settings.templates = path(value, "templates"); }},
         {"remote", [&](const Value& value) { read_remote(value, settings); }}});
    return settings;
  }

 private:
  fs::path path(const Value& value, std::string_view name) const {
    return (folder_ / text_of(value, name)).lexically_normal();
  }

  void read_projects(const Value& value, Settings& settings) const {
    if (value.is_null()) return;
    if (value.kind() != ValueKind::mapping) throw Wrong{"projects is no map"};
    for (const auto& [project, folder] : value.pairs()) {
      const std::string& name = text_of(project, "a project");
      settings.projects[lower(name)] = path(folder, name);
    }
  }

  static void read_protected(const Value& value, Settings& settings) {
    if (value.kind() != ValueKind::sequence) throw Wrong{"protected is no list"};
    auto& refs = settings.protected_refs.emplace();
    for (const Value& ref : value.items()) refs.push_back(text_of(ref, "a ref of protected"));
  }

  void read_remote(const Value& value, Settings& settings) const {
    read_map(value, "remote",
             {{"allow_private",
               [&](const Value& hosts) {
                 if (hosts.kind() != ValueKind::sequence) throw Wrong{"allow_private is no list"};
                 for (const Value& host : hosts.items())
                   settings.remote_hosts.push_back(lower(text_of(host, "a host of allow_private")));
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
  FileText text = read_file(file);
  if (text.missing) return {};
  if (!text.failure.empty()) return {{}, file.string() + ": " + text.failure};
  const YamlDocument document = read_yaml(text.text, {}, file.string());
  if (!document.value) {
    const Diagnostic& wrong = document.diagnostics.front();
    return {{},
            file.string() + ":" + std::to_string(document.files.locate(wrong.span.file, wrong.span.begin).line) + ": " +
                wrong.message};
  }
  try {
    return {Reader(fs::absolute(file).parent_path()).read(*document.value), {}};
  } catch (const Wrong& wrong) {
    return {{}, file.string() + ": " + wrong.text};
  }
}

}  // namespace willrun::tools
