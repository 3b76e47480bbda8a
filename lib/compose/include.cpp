#include "compose/include.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "compose/include_location.hpp"
#include "compose/merge.hpp"
#include "diag/codes.hpp"
#include "inputs/given.hpp"
#include "inputs/interpolate.hpp"
#include "ruby/print.hpp"
#include "vars/expand.hpp"
#include "vars/mask.hpp"
#include "yaml/load.hpp"

namespace willrun::compose {

namespace {

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

// One file on its way.
struct File {
  Location location;
  std::size_t listed = 0;              // in Includes::files
  const FileAnswer* answer = nullptr;  // none before it was asked for
  std::string error;                   // GitLab's first; empty while all is well
  Code code = Code::include_invalid;
  std::vector<Diagnostic> inside;  // what is wrong inside its text
};

// A text that was read, by what names it: a file that is included twice is read once.
struct Loaded {
  FileId file{};
  Outcome<yaml::CiText> text;
};

bool has_yaml_extension(std::string_view path) {
  const std::string name = utf8::lowercase(path.substr(path.rfind('/') + 1));
  return (name.size() > 4 && name.ends_with(".yml")) || (name.size() > 5 && name.ends_with(".yaml"));
}

// `sha256-` and the digest in base64, as in a page's subresource integrity.
bool has_integrity(std::string_view text, std::string_view wanted) {
  constexpr std::string_view kPrefix = "sha256-";
  if (!wanted.starts_with(kPrefix)) return false;
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)> encoded;
  sodium_bin2base64(encoded.data(), encoded.size(), digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
  return wanted.substr(kPrefix.size()) == encoded.data();
}

bool is_in_repository(const Location& location) {
  return location.origin == FileOrigin::local || location.origin == FileOrigin::project;
}

// A local include of a file that came from another project is a local one to GitLab.
FileOrigin shown_origin(const Location& location) {
  return location.origin == FileOrigin::project && !location.by_project ? FileOrigin::local : location.origin;
}

std::string empty_text(const Location& location) {
  if (location.by_project) return fmt::format("Project `{}` file `{}` is empty!", location.project, location.path);
  if (shown_origin(location) == FileOrigin::local) return fmt::format("Local file `{}` is empty!", location.path);
  return fmt::format("Included file `{}` is empty or does not exist!", location.path);
}

std::string missing_in_project(const Location& location, FileAnswer::Status status) {
  if (status == FileAnswer::Status::denied) {
    return fmt::format(
        "Project `{}` not found or access denied! Make sure any includes in the pipeline configuration are correctly "
        "defined.",
        location.project);
  }
  if (status == FileAnswer::Status::unknown_ref)
    return fmt::format("Project `{}` reference `{}` does not exist!", location.project, location.ref);
  return fmt::format("Project `{}` file `{}` does not exist!", location.project, location.path);
}

std::string missing_text(const Location& location, const FileAnswer& answer) {
  if (location.by_project) return missing_in_project(location, answer.status);
  switch (location.origin) {
    case FileOrigin::remote:
      return fmt::format("Remote file `{}` could not be fetched after 1 attempt because of {}!", location.path,
                         answer.status == FileAnswer::Status::failed ? answer.text : "HTTP code `404` error");
    case FileOrigin::template_file: return empty_text(location);
    case FileOrigin::component: return fmt::format("Component '{}' - content not found", location.path);
    default: return fmt::format("Local file `{}` does not exist!", location.path);
  }
}

// How messages of ours name the file.
std::string file_name(const Location& location) {
  if (location.origin != FileOrigin::project) return location.path;
  return fmt::format("{}{}{}:{}", location.project, location.ref.empty() ? "" : "@", location.ref, location.path);
}

void judge_location(File& file) {
  const Location& location = file.location;
  if (location.is_artifact) {
    file.error = "Including configs from artifacts is only allowed when triggering child pipelines";
  } else if (!location.is_text) {
    file.error = fmt::format("Included file `{}` needs to be a string", location.path);
  } else if (location.origin != FileOrigin::component && !has_yaml_extension(location.path)) {
    file.error = fmt::format("Included file `{}` does not have YAML extension!", location.path);
  } else if (location.origin == FileOrigin::remote && !is_remote_address(location.path)) {
    file.error = fmt::format("Remote file `{}` does not have a valid address!", location.path);
  } else if (location.origin == FileOrigin::template_file && !location.path.ends_with(".gitlab-ci.yml")) {
    file.error = fmt::format("Template file `{}` is not a valid location!", location.path);
  }
}

class Merger {
 public:
  Merger(yaml::Tree& tree, SourceFiles& files, const IncludeContext& context, Includes& includes)
      : tree_(tree), files_(files), context_(context), includes_(includes), variables_(context.variables) {}

  // No value: the whole load has failed.
  std::optional<NodeId> merge(NodeId content, const Home& home) {
    const NodeId value = tree_.find(content, "include");
    if (value == kNoNode || tree_.kind(value) == ValueKind::null) return content;
    auto read = list_files(value, home);
    if (!read) return std::nullopt;
    if (read->empty()) return content;
    for (File& file : *read) fetch(file);
    std::vector<NodeId> contents;
    for (File& file : *read) {
      if (!file.error.empty()) continue;
      const NodeId one = load(file, home);
      if (failed_) return std::nullopt;
      contents.push_back(one);
    }
    for (const File& file : *read) {
      if (!file.error.empty()) return refuse(file);
    }
    contents.push_back(content);
    return without_include(deep_merge(tree_, contents));
  }

  // No value: the whole load has failed.
  std::optional<yaml::CiText> complete(const yaml::CiText& text, const Home& home) {
    const NodeId spec = text.has_header ? tree_.find(text.header, "spec") : kNoNode;
    const NodeId include = spec == kNoNode ? kNoNode : tree_.find(spec, "include");
    if (include == kNoNode || tree_.kind(include) == ValueKind::null) return text;
    std::vector<yaml::Entry> inputs;
    if (!collect_inputs(include, home, inputs)) return std::nullopt;
    if (const NodeId own = tree_.find(spec, "inputs"); own != kNoNode && tree_.is_mapping(own)) {
      const auto entries = tree_.entries(own);
      inputs.insert(inputs.end(), entries.begin(), entries.end());
    } else if (own != kNoNode && tree_.kind(own) != ValueKind::null) {
      return text;  // the header is judged as it is
    }
    if (!are_unique(inputs, include)) return std::nullopt;
    const NodeId merged = tree_.add_mapping(inputs, tree_.span(include));
    yaml::CiText completed = text;
    completed.header = with_value(text.header, "spec", with_value(without_include(spec), "inputs", merged));
    return completed;
  }

  // The configuration itself.
  std::optional<NodeId> merge_root(NodeId content) {
    if (!context_.wrapped) return merge(content, {});
    own_ = 1;
    const auto merged = merge(content, {});
    return merged ? std::optional(without_include(*merged)) : std::nullopt;
  }

  Merged finish(std::optional<NodeId> content) { return {content, std::move(gitlab_error_), std::move(diagnostics_)}; }

  CompletedHeader finish(std::optional<yaml::CiText> text) {
    return {text, std::move(gitlab_error_), std::move(diagnostics_)};
  }

 private:
  // The files of one list, counted and their addresses judged. No value: the whole load has failed.
  std::optional<std::vector<File>> list_files(NodeId include, const Home& home) {
    LocationError error;
    const auto locations = read_locations(tree_, include, home, variables_, context_, error);
    if (!locations) return refuse(error.place, error.code, std::move(error.text));
    std::vector<File> read;
    for (const Location& location : *locations) {
      if (!count(location, home, read)) return std::nullopt;
    }
    return read;
  }

  // Inputs of every file that a header includes.
  bool collect_inputs(NodeId include, const Home& home, std::vector<yaml::Entry>& inputs) {
    auto read = list_files(include, home);
    if (!read) return false;
    for (File& file : *read) {
      fetch(file);
      if (file.error.empty()) add_inputs_of(file, inputs);
      if (file.error.empty()) continue;
      refuse(file);
      return false;
    }
    return true;
  }

  void add_inputs_of(File& file, std::vector<yaml::Entry>& inputs) {
    const Loaded& loaded = text_of(file);
    includes_.files[file.listed].file = loaded.file;
    if (!loaded.text) {
      blame_text(file, loaded.text.diagnostics, loaded.text.diagnostics.back().gitlab_text);
      return;
    }
    std::string unknown;
    for (const yaml::Entry& entry : tree_.entries(loaded.text.value->content)) {
      if (tree_.text(entry.key) == "inputs") {
        const auto entries = tree_.entries(entry.value);
        inputs.insert(inputs.end(), entries.begin(), entries.end());
      } else {
        unknown.append(unknown.empty() ? ":" : ", :").append(ruby::to_s(tree_, entry.key));
      }
    }
    if (unknown.empty()) return;
    file.error = fmt::format("Header include file `{}` contains unknown keys: [{}]", file.location.path, unknown);
  }

  bool are_unique(const std::vector<yaml::Entry>& inputs, NodeId include) {
    std::string twice;
    std::set<std::string_view> seen;
    for (const yaml::Entry& input : inputs) {
      if (seen.insert(tree_.text(input.key)).second) continue;
      twice.append(twice.empty() ? "" : ", ").append(tree_.text(input.key));
    }
    if (twice.empty()) return true;
    refuse(tree_.span(include), Code::include_invalid,
           fmt::format("Duplicate input keys found: {}. Input keys must be unique across all included files and inline "
                       "specifications.",
                       twice));
    return false;
  }

  // The map with one value put in place of another, or added.
  NodeId with_value(NodeId map, std::string_view key, NodeId value) {
    const auto entries = tree_.entries(map);
    std::vector<yaml::Entry> changed(entries.begin(), entries.end());
    const auto at = std::find_if(changed.begin(), changed.end(),
                                 [&](const yaml::Entry& entry) { return tree_.text(entry.key) == key; });
    if (at != changed.end()) {
      at->value = value;
    } else {
      const NodeId name =
          tree_.add_scalar(ValueKind::symbol, tree_.keep(key), tree_.span(value), yaml::Style::computed);
      changed.push_back({name, value});
    }
    return tree_.add_mapping(changed, tree_.span(map));
  }

  NodeId without_include(NodeId content) {
    const auto entries = tree_.entries(content);
    std::vector<yaml::Entry> rest(entries.begin(), entries.end());
    std::erase_if(rest, [&](const yaml::Entry& entry) { return tree_.text(entry.key) == "include"; });
    return rest.size() == entries.size() ? content : tree_.add_mapping(rest, tree_.span(content));
  }

  // Ends the whole load: GitLab raises here.
  std::nullopt_t refuse(Span place, Code code, std::string text) {
    return end(text, {diag::make(code, place, text, text)});
  }

  std::nullopt_t refuse(const File& file) {
    if (!file.inside.empty()) return end(file.error, file.inside);
    std::string message = file.error;
    if (file.code == Code::file_missing && !file.answer->text.empty())
      message.append(" (").append(file.answer->text).append(")");
    return end(file.error, {diag::make(file.code, file.location.place, std::move(message), file.error)});
  }

  std::nullopt_t end(std::string gitlab_error, std::vector<Diagnostic> found) {
    failed_ = true;
    gitlab_error_ = masked(std::move(gitlab_error));
    diagnostics_ = std::move(found);
    for (Diagnostic& diagnostic : diagnostics_) {
      diagnostic.message = masked(std::move(diagnostic.message));
      diagnostic.gitlab_text = masked(std::move(diagnostic.gitlab_text));
      add_labels(diagnostic);
    }
    return std::nullopt;
  }

  std::string masked(std::string text) const { return vars::mask(std::move(text), context_.variables); }

  void add_labels(Diagnostic& diagnostic) const {
    for (auto outer = stack_.rbegin(); outer != stack_.rend(); ++outer)
      diag::add_label(diagnostic, *outer, kIncludedHere);
  }

  // Every file counts against the limit, and every use of it.
  bool count(const Location& location, const Home& home, std::vector<File>& read) {
    const std::size_t most = context_.options.limits.includes;
    if (own_ + includes_.files.size() >= most) {
      refuse(location.place, Code::include_limit, fmt::format("Maximum of {} nested includes are allowed!", most));
      return false;
    }
    read.push_back({location, includes_.files.size(), nullptr, {}, Code::include_invalid, {}});
    includes_.files.push_back({.origin = shown_origin(location),
                               .location = masked(location.path),
                               .place = location.place,
                               .file = std::nullopt,
                               .entry = {masked(home.project), masked(home.ref)},
                               .home = {masked(location.project), masked(location.ref)},
                               .path = is_in_repository(location) ? masked(location.path) : std::string()});
    judge_location(read.back());
    return true;
  }

  void fetch(File& file) {
    if (!file.error.empty()) return;
    const Location& location = file.location;
    file.answer = &ask_for(location);
    if (location.origin == FileOrigin::component) {
      IncludedFile& listed = includes_.files[file.listed];
      listed.home = {masked(file.answer->project), file.answer->component.sha};
      listed.path = masked(file.answer->path);
    }
    if (file.answer->status != FileAnswer::Status::found) {
      file.code = Code::file_missing;
      file.error = missing_text(location, *file.answer);
      return;
    }
    const std::string_view text = file.answer->text;
    total_bytes_ += text.size();
    if (utf8::is_blank(text)) {
      file.code = Code::file_empty;
      file.error = empty_text(location);
    } else if (total_bytes_ > context_.options.limits.total_yaml_bytes) {
      file.code = Code::include_limit;
      file.error = "Total size of combined CI/CD configuration is too big";
    } else if (location.integrity && !file.answer->stands_in && !has_integrity(text, *location.integrity)) {
      file.error = fmt::format("Remote file `{}` failed integrity check!", location.path);
    }
  }

  // What names a text: two includes of one name are the same file.
  static std::string key_of(const Location& location) {
    return fmt::format("{} {}", to_string(shown_origin(location)), file_name(location));
  }

  // The source is asked once for each file, however often it is included.
  const FileAnswer& ask_for(const Location& location) {
    const auto [known, is_new] = answers_.try_emplace(key_of(location));
    if (is_new) {
      known->second = context_.source.read(
          {.origin = location.origin, .path = location.path, .project = location.project, .ref = location.ref});
    }
    return known->second;
  }

  const Loaded& text_of(const File& file) {
    const std::string name = key_of(file.location);
    const auto known = texts_.find(name);
    if (known != texts_.end()) return known->second;
    Loaded loaded;
    loaded.file = files_.add(masked(file_name(file.location)), file.answer->text);
    yaml::ReadNotes notes;
    loaded.text = yaml::load_ci_text(tree_, files_, loaded.file, context_.options, &notes);
    includes_.yaml_cpp_set_aside = includes_.yaml_cpp_set_aside || notes.yaml_cpp_set_aside;
    return texts_.emplace(name, std::move(loaded)).first->second;
  }

  // GitLab names the file in front of what is wrong inside it.
  NodeId blame_text(File& file, const std::vector<Diagnostic>& found, const std::string& shown) {
    file.error = fmt::format("`{}`: {}", file.location.path, shown);
    file.inside = found;
    for (Diagnostic& diagnostic : file.inside) diag::add_label(diagnostic, file.location.place, kIncludedHere);
    return kNoNode;
  }

  NodeId load(File& file, const Home& home) {
    stack_.push_back(file.location.place);
    const NodeId loaded = load_text(file, home);
    stack_.pop_back();
    return loaded;
  }

  // The file's configuration, its own includes merged; kNoNode when it or the whole load has failed.
  NodeId load_text(File& file, const Home& home) {
    const Loaded& loaded = text_of(file);
    includes_.files[file.listed].file = loaded.file;
    if (!loaded.text) return blame_text(file, loaded.text.diagnostics, loaded.text.diagnostics.back().gitlab_text);
    const auto text = complete(*loaded.text.value, home_of(file, home));
    if (!text) return kNoNode;
    inputs::Arguments arguments;
    if (!file.answer->stands_in) arguments.given = file.location.inputs;
    arguments.variables = context_.variables;
    arguments.place = file.location.place;
    if (file.location.origin == FileOrigin::component) arguments.component = add_facts(file);
    const auto content = inputs::interpolate(tree_, files_, *text, arguments, context_.options);
    if (!content) return blame_text(file, content.diagnostics, inputs::shown_error(content.diagnostics));
    const auto merged = merge(*content.value, home_of(file, home));
    if (!merged) return kNoNode;
    if (!tree_.entries(*merged).empty()) return *merged;
    file.error = fmt::format("Included file `{}` does not have valid YAML syntax!", file.location.path);
    file.code = Code::file_empty;
    return kNoNode;
  }

  static Home home_of(const File& file, const Home& home) {
    switch (file.location.origin) {
      case FileOrigin::project: return {file.location.project, file.location.ref};
      case FileOrigin::component: return {file.answer->project, file.answer->ref};
      default: return home;
    }
  }

  NodeId add_facts(const File& file) {
    const ComponentFacts& facts = file.answer->component;
    Value::Mapping pairs;
    const auto add = [&](const char* key, const std::string& value) {
      if (!value.empty()) pairs.emplace_back(Value::text(ValueKind::symbol, key), Value(value));
    };
    add("name", facts.name);
    add("sha", facts.sha);
    add("version", facts.version);
    add("reference", facts.reference);
    return yaml::add_value(tree_, Value(std::move(pairs)), file.location.place);
  }

  yaml::Tree& tree_;
  SourceFiles& files_;
  const IncludeContext& context_;
  Includes& includes_;
  vars::ListScope variables_;
  std::map<std::string, FileAnswer> answers_;  // by key_of()
  std::map<std::string, Loaded> texts_;        // likewise
  std::vector<Span> stack_;                    // of the entries that lead to the file being read, outermost first
  std::uint64_t total_bytes_ = 0;
  std::size_t own_ = 0;  // files that count and are not in the list
  bool failed_ = false;
  std::string gitlab_error_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

Merged merge_includes(yaml::Tree& tree, SourceFiles& files, NodeId content, const IncludeContext& context,
                      Includes& includes) {
  Merger merger(tree, files, context, includes);
  return merger.finish(merger.merge_root(content));
}

CompletedHeader complete_header(yaml::Tree& tree, SourceFiles& files, const yaml::CiText& text,
                                const IncludeContext& context, Includes& includes) {
  Merger merger(tree, files, context, includes);
  return merger.finish(merger.complete(text, {}));
}

}  // namespace willrun::compose
