#include "compose/include_location.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "compose/wildcard.hpp"
#include "ruby/print.hpp"
#include "vars/expand.hpp"

namespace willrun::compose {

namespace {

using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

constexpr std::string_view kKinds = "`local`, `project`, `remote`, `template`, `artifact`, `component`";

// An entry on its way to a location. Texts that GitLab expands are kept apart from the tree.
struct Draft {
  NodeId node = kNoNode;             // a map, or a text alone
  std::string local;                 // of a text that is no address
  std::string remote;                // of a text that is one
  NodeId file = kNoNode;             // of a project: one of its files
  std::optional<std::string> found;  // by a wildcard
};

nlohmann::ordered_json to_json(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return nullptr;
    case ValueKind::boolean: return value.boolean();
    case ValueKind::integer: return value.integer();
    case ValueKind::floating: return value.floating();
    case ValueKind::sequence: {
      auto items = nlohmann::ordered_json::array();
      for (const Value& item : value.items()) items.push_back(to_json(item));
      return items;
    }
    case ValueKind::mapping: {
      auto pairs = nlohmann::ordered_json::object();
      for (const auto& [key, item] : value.pairs()) pairs[ruby::to_s(key)] = to_json(item);
      return pairs;
    }
    case ValueKind::reference: return to_json(value.items().front());
    default: return value.text();
  }
}

// JSON as Rails writes it: what HTML gives a meaning is escaped.
std::string rails_json(const nlohmann::ordered_json& json) {
  std::string escaped;
  for (const char c : json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) {
    if (c == '<' || c == '>' || c == '&') {
      escaped += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

class Reader {
 public:
  Reader(Tree& tree, const Home& home, const vars::ListScope& variables, const IncludeContext& context,
         LocationError& error)
      : tree_(tree), home_(home), variables_(variables), context_(context), error_(error) {}

  std::optional<std::vector<Location>> read(NodeId value) {
    if (!read_forms(value) || !apply_rules()) return std::nullopt;
    expand_files();
    std::vector<Location> all;
    for (const Draft& draft : drafts_) {
      auto location = location_of(draft);
      if (!location) return std::nullopt;
      all.push_back(std::move(*location));
    }
    return all;
  }

 private:
  bool refuse(NodeId node, std::string text) {
    error_.text = std::move(text);
    error_.place = tree_.span(node);
    return false;
  }

  std::string expand(std::string_view text) const {
    return *vars::expand(text, variables_, vars::Missing::becomes_empty, {}).text;
  }

  bool read_forms(NodeId value) {
    const bool is_list = tree_.is_sequence(value);
    const std::size_t count = is_list ? tree_.items(value).size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      const NodeId node = is_list ? tree_.items(value)[i] : value;
      if (tree_.kind(node) == ValueKind::null) continue;
      Draft draft{.node = node, .local = {}, .remote = {}, .found = {}};
      if (tree_.is_string(node)) {
        std::string text = expand(tree_.text(node));
        (is_remote_address(text) ? draft.remote : draft.local) = std::move(text);
      } else if (!tree_.is_mapping(node)) {
        return refuse(node, "Each include must be a hash or a string");
      }
      drafts_.push_back(std::move(draft));
    }
    return true;
  }

  bool apply_rules() {
    std::vector<Draft> admitted;
    for (Draft& draft : drafts_) {
      const NodeId rules = tree_.is_mapping(draft.node) ? present(draft.node, "rules") : kNoNode;
      if (rules != kNoNode) {
        if (const auto refusal = context_.rules.refusal(rules)) return refuse(rules, "include:" + *refusal);
        const Admission admission = context_.rules.admit(draft.node, rules);
        if (!admission.error.empty()) return refuse(rules, "include:" + admission.error);
        if (!admission.admitted) continue;
      }
      admitted.push_back(std::move(draft));
    }
    drafts_ = std::move(admitted);
    return true;
  }

  // Several files of a project, and wildcards, make several entries of one.
  void expand_files() {
    std::vector<Draft> expanded;
    for (Draft& draft : drafts_) {
      const bool is_map = tree_.is_mapping(draft.node);
      if (is_map && present(draft.node, "project") != kNoNode) {
        const NodeId files = present(draft.node, "file");
        if (files == kNoNode) continue;
        const bool is_list = tree_.is_sequence(files);
        for (std::size_t i = 0; i < (is_list ? tree_.items(files).size() : 1); ++i) {
          Draft one = draft;
          one.file = is_list ? tree_.items(files)[i] : files;
          expanded.push_back(std::move(one));
        }
        continue;
      }
      const NodeId local = is_map ? present(draft.node, "local") : kNoNode;
      const std::string pattern =
          local != kNoNode && tree_.is_string(local) ? std::string(tree_.text(local)) : draft.local;
      if (pattern.find('*') == std::string::npos) {
        expanded.push_back(std::move(draft));
        continue;
      }
      for (std::string& path : matching_files(pattern)) {
        Draft one = draft;
        one.found = std::move(path);
        expanded.push_back(std::move(one));
      }
    }
    drafts_ = std::move(expanded);
  }

  std::vector<std::string> matching_files(std::string_view pattern) const {
    const FileOrigin origin = home_.project.empty() ? FileOrigin::local : FileOrigin::project;
    std::vector<std::string> paths =
        context_.source.list({.origin = origin, .path = {}, .project = home_.project, .ref = home_.ref});
    std::erase_if(paths, [&](const std::string& path) { return !wildcard_matches(pattern, path); });
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  NodeId present(NodeId map, std::string_view key) const {
    const NodeId found = tree_.find(map, key);
    return found != kNoNode && tree_.kind(found) == ValueKind::null ? kNoNode : found;
  }

  // A text with its variables expanded; anything else as JSON writes it.
  nlohmann::ordered_json expanded(NodeId node) const {
    if (tree_.is_string(node)) return expand(tree_.text(node));
    return to_json(to_value(tree_, node));
  }

  // The entry as GitLab has it when it looks for its kind.
  nlohmann::ordered_json as_map(const Draft& draft) const {
    nlohmann::ordered_json map = nlohmann::ordered_json::object();
    if (!tree_.is_mapping(draft.node)) {
      map[draft.remote.empty() ? "local" : "remote"] = draft.remote.empty() ? draft.local : draft.remote;
    } else {
      for (const yaml::Entry& entry : tree_.entries(draft.node)) {
        const std::string key = ruby::to_s(tree_, entry.key);
        map[key] = key == "file" && draft.file != kNoNode ? expanded(draft.file) : expanded(entry.value);
      }
    }
    if (draft.found) map["local"] = *draft.found;
    return map;
  }

  static bool is_present(const nlohmann::ordered_json& map, const char* key) {
    const auto found = map.find(key);
    if (found == map.end() || found->is_null() || *found == false) return false;
    if (found->is_string()) return !utf8::is_blank(found->get_ref<const std::string&>());
    return !found->is_structured() || !found->empty();
  }

  std::optional<Location> location_of(const Draft& draft) {
    struct Kind {
      const char* key;
      const char* needs;  // another key that has to be there
      const char* path;   // where the path stands
      FileOrigin origin;
    };
    constexpr std::array<Kind, 6> kAll = {{
        {"local", "local", "local", FileOrigin::local},
        {"project", "file", "file", FileOrigin::project},
        {"component", "component", "component", FileOrigin::component},
        {"remote", "remote", "remote", FileOrigin::remote},
        {"template", "template", "template", FileOrigin::template_file},
        {"artifact", "artifact", "artifact", FileOrigin::local},
    }};
    const nlohmann::ordered_json map = as_map(draft);
    const Kind* kind = nullptr;
    for (const Kind& one : kAll) {
      if (!is_present(map, one.key) || !is_present(map, one.needs)) continue;
      if (kind != nullptr) {
        refuse(draft.node, fmt::format("Each include must use only one of: {}", kKinds));
        return std::nullopt;
      }
      kind = &one;
    }
    if (kind == nullptr) {
      refuse(draft.node, fmt::format("`{}` does not have a valid subkey for include. Valid subkeys are: {}",
                                     rails_json(map), kKinds));
      return std::nullopt;
    }
    Location location;
    location.origin = kind->origin;
    location.is_artifact = std::string_view(kind->key) == "artifact";
    const nlohmann::ordered_json& path = map.at(kind->path);
    location.is_text = path.is_string();
    location.path = location.is_text ? path.get<std::string>() : rails_json(path);
    location.place = tree_.span(draft.file != kNoNode ? draft.file : draft.node);
    if (tree_.is_mapping(draft.node)) {
      location.inputs = present(draft.node, "inputs");
      if (is_present(map, "integrity") && map["integrity"].is_string())
        location.integrity = map["integrity"].get<std::string>();
    }
    place_in_repository(location, map);
    return location;
  }

  void place_in_repository(Location& location, const nlohmann::ordered_json& map) const {
    if (location.origin == FileOrigin::project) {
      const nlohmann::ordered_json& project = map.at("project");
      location.by_project = true;
      location.project = project.is_string() ? project.get<std::string>() : rails_json(project);
      if (is_present(map, "ref") && map["ref"].is_string()) location.ref = map["ref"].get<std::string>();
    } else if (location.origin == FileOrigin::local && !home_.project.empty()) {
      location.origin = FileOrigin::project;
      location.project = home_.project;
      location.ref = home_.ref;
    }
    const bool in_repository = location.origin == FileOrigin::project || location.origin == FileOrigin::local;
    if (in_repository && location.is_text) location.path.erase(0, location.path.find_first_not_of('/'));
  }

  Tree& tree_;
  const Home& home_;
  const vars::ListScope& variables_;
  const IncludeContext& context_;
  LocationError& error_;
  std::vector<Draft> drafts_;
};

}  // namespace

bool is_remote_address(std::string_view text) {
  constexpr std::array<std::string_view, 4> kSchemes = {"http://", "https://", "ssh://", "git://"};
  return std::ranges::any_of(kSchemes, [&](std::string_view scheme) {
    return text.size() > scheme.size() && utf8::lowercase(text.substr(0, scheme.size())) == scheme;
  });
}

std::optional<std::vector<Location>> read_locations(Tree& tree, NodeId value, const Home& home,
                                                    const vars::ListScope& variables, const IncludeContext& context,
                                                    LocationError& error) {
  return Reader(tree, home, variables, context, error).read(value);
}

}  // namespace willrun::compose
