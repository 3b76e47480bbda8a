#include <algorithm>

#include <fmt/format.h>

#include <willrun/explain.hpp>

#include "api/loaded.hpp"
#include "base/utf8.hpp"
#include "compose/extends.hpp"
#include "compose/reference.hpp"
#include "diag/codes.hpp"
#include "eval/include_rules.hpp"
#include "inputs/given.hpp"
#include "inputs/interpolate.hpp"
#include "inputs/rule_graph.hpp"
#include "model/build.hpp"
#include "model/include_rules.hpp"

namespace willrun {

namespace {

using api::Loaded;
using diag::Code;

// Takes one configuration through the stages, until one has nothing to give to the next.
class Loader {
 public:
  // `explained`: what is to be said of entries with rules; null: nothing.
  Loader(std::string_view path, FileSource& source, const Trigger& trigger, const LoadOptions& options,
         std::vector<ExplainedInclude>* explained = nullptr)
      : path_(path), source_(source), trigger_(trigger), explained_(explained), loaded_(start(options)) {}
  Loader(const Loader&) = delete;  // its context refers to its own members
  Loader& operator=(const Loader&) = delete;

  Config run() {
    if (read_file() && read_yaml() && complete_header() && interpolate() && compose()) build_model();
    if (in_pipeline() && loaded_->gitlab_errors.size() > 1) loaded_->gitlab_errors.resize(1);
    return Config(std::move(loaded_));
  }

 private:
  static std::shared_ptr<Loaded> start(const LoadOptions& options) {
    auto loaded = std::make_shared<Loaded>();
    loaded->options = options;
    return loaded;
  }

  bool in_pipeline() const { return loaded_->options.mode == LoadMode::pipeline; }

  // Pipeline creation includes the file from within, and names it in front of what it says about its text.
  void add_text_error(std::string_view text) {
    loaded_->gitlab_errors.push_back(in_pipeline() ? fmt::format("`{}`: {}", path_, text) : std::string(text));
  }

  bool refuse(Code code, Span span, std::string message, std::string gitlab_text) {
    loaded_->gitlab_errors.push_back(gitlab_text);
    loaded_->diagnostics.push_back(diag::make(code, span, std::move(message), std::move(gitlab_text)));
    return false;
  }

  void keep(std::vector<Diagnostic>& diagnostics) {
    std::move(diagnostics.begin(), diagnostics.end(), std::back_inserter(loaded_->diagnostics));
  }

  bool read_file() {
    FileAnswer answer = source_.read({.path = path_});
    const bool found = answer.status == FileAnswer::Status::found;
    file_ = loaded_->files.add(std::string(path_), found ? std::move(answer.text) : std::string());
    loaded_->missing = !found;
    if (!found) {
      const bool failed = answer.status == FileAnswer::Status::failed;
      return refuse(Code::file_missing, {file_, 0, 0}, failed ? answer.text : "no such file", "Missing CI config file");
    }
    if (in_pipeline() && utf8::is_blank(loaded_->files.text(file_))) {
      return refuse(Code::file_empty, {file_, 0, 0}, "the file is empty",
                    fmt::format("Local file `{}` is empty!", path_));
    }
    return true;
  }

  bool read_yaml() {
    yaml::ReadNotes notes;
    auto text = yaml::load_ci_text(loaded_->tree, loaded_->files, file_, loaded_->options, &notes);
    loaded_->yaml_cpp_set_aside = notes.yaml_cpp_set_aside;
    keep(text.diagnostics);
    if (!text) {
      add_text_error(loaded_->diagnostics.back().gitlab_text);
      return false;
    }
    loaded_->text = *text.value;
    if (in_pipeline() && loaded_->tree.entries(loaded_->text.content).empty()) {
      return refuse(Code::file_empty, {file_, 0, 0}, "there is no configuration in the file",
                    fmt::format("Included file `{}` does not have valid YAML syntax!", path_));
    }
    return true;
  }

  // A place in an included file: how the file came in.
  void label_includes(Diagnostic& diagnostic) const {
    const auto& included = loaded_->includes.files;
    FileId file = diagnostic.span.file;
    for (std::size_t steps = 0; steps < included.size(); ++steps) {
      const auto here =
          std::find_if(included.begin(), included.end(), [&](const auto& one) { return one.file == file; });
      if (here == included.end()) return;
      diag::add_label(diagnostic, here->place, compose::kIncludedHere);
      file = here->place.file;
    }
  }

  bool complete_header() {
    if (loaded_->text.has_header) note_include(loaded_->tree.find(loaded_->text.header, "spec"));
    auto completed =
        compose::complete_header(loaded_->tree, loaded_->files, loaded_->text, context_, loaded_->includes);
    keep(completed.diagnostics);
    if (completed.text) loaded_->text = *completed.text;
    if (!completed.text) add_text_error(completed.gitlab_error);
    return completed.text.has_value();
  }

  bool interpolate() {
    const bool has_header = loaded_->text.has_header;
    inputs::Arguments arguments;
    arguments.place = has_header ? loaded_->tree.span(loaded_->text.header) : Span{file_, 0, 0};
    const auto given = inputs::add_given(loaded_->tree, given_inputs(), arguments.place, loaded_->options.limits);
    if (!given) {
      loaded_->diagnostics.push_back(inputs::too_deep(arguments.place));
      return false;
    }
    arguments.given = *given;
    auto content = inputs::interpolate(loaded_->tree, loaded_->files, loaded_->text, arguments, loaded_->options);
    if (!content) add_text_error(inputs::shown_error(content.diagnostics));
    keep(content.diagnostics);
    if (!content) return false;
    loaded_->interpolated = *content.value;
    if (has_header && !in_pipeline()) note_rule_graph();
    return true;
  }

  // GitLab has these checks and does not run them: they tell of mistakes, and change no verdict.
  void note_rule_graph() {
    for (Diagnostic& found : inputs::check_rule_graph(loaded_->tree, loaded_->text.header, loaded_->options.limits)) {
      found.severity = Severity::warning;
      found.gitlab_text.clear();
      loaded_->diagnostics.push_back(std::move(found));
    }
  }

  Value given_inputs() const {
    if (trigger_.inputs.empty()) return {};
    Value::Mapping given;
    for (const auto& [name, value] : trigger_.inputs) given.emplace_back(name, value);
    return given;
  }

  bool compose() {
    if (!merge_includes()) return false;
    auto composed = compose::resolve_extends(loaded_->tree, loaded_->merged, loaded_->options.limits);
    if (composed) composed = compose::resolve_references(loaded_->tree, *composed.value, loaded_->options.limits);
    for (Diagnostic& diagnostic : composed.diagnostics) {
      label_includes(diagnostic);
      loaded_->gitlab_errors.push_back(diagnostic.gitlab_text);
    }
    keep(composed.diagnostics);
    if (composed) loaded_->composed = *composed.value;
    return composed.value.has_value();
  }

  void note_include(yaml::NodeId map) {
    if (loaded_->tree.find(map, "include") != yaml::kNoNode) loaded_->has_include = true;
  }

  bool merge_includes() {
    note_include(loaded_->interpolated);
    auto merged =
        compose::merge_includes(loaded_->tree, loaded_->files, loaded_->interpolated, context_, loaded_->includes);
    loaded_->yaml_cpp_set_aside = loaded_->yaml_cpp_set_aside || loaded_->includes.yaml_cpp_set_aside;
    keep(merged.diagnostics);
    if (!merged.content) {
      loaded_->gitlab_errors.push_back(std::move(merged.gitlab_error));
      return false;
    }
    loaded_->merged = *merged.content;
    return true;
  }

  // An entry as its writer would call it: its path, address or name; of a project's the project too.
  std::string include_name(yaml::NodeId entry) const {
    const yaml::Tree& tree = loaded_->tree;
    const auto text = [&](std::string_view key) {
      std::string all;
      yaml::each_flat(tree, tree.find(entry, key), [&](yaml::NodeId one) {
        if (tree.is_string(one)) all.append(all.empty() ? "" : ", ").append(tree.text(one));
      });
      return all;
    };
    for (const std::string_view key : {"local", "remote", "template", "component", "artifact"}) {
      if (std::string name = text(key); !name.empty()) return name;
    }
    return fmt::format("{}: {}", text("project"), text("file"));
  }

  void build_model() {
    const compose::Lineage lineage(loaded_->tree, loaded_->merged);
    auto model = model::build(loaded_->tree, loaded_->files, loaded_->composed, lineage, loaded_->options);
    for (Diagnostic& diagnostic : model.diagnostics) label_includes(diagnostic);
    for (const Diagnostic& diagnostic : model.diagnostics) {
      const bool is_error = diagnostic.severity == Severity::error;
      if (!diagnostic.gitlab_text.empty()) {
        (is_error ? loaded_->gitlab_errors : loaded_->gitlab_warnings).push_back(diagnostic.gitlab_text);
      }
    }
    keep(model.diagnostics);
    loaded_->model = std::move(model.value);
  }

  std::string_view path_;
  FileSource& source_;
  const Trigger& trigger_;
  std::vector<ExplainedInclude>* explained_;
  std::shared_ptr<Loaded> loaded_;
  FileId file_{};
  const std::vector<Variable> variables_ = eval::include_variables(trigger_);
  const compose::IncludeRules rules_ = {
      .refusal =
          [this](yaml::NodeId list) {
            return model::refuse_include_rules(loaded_->tree, loaded_->files, list, loaded_->options);
          },
      .admit =
          [this](yaml::NodeId entry, yaml::NodeId list) {
            const Limits& limits = loaded_->options.limits;
            model::Model rules = model::read_include_rules(loaded_->tree, list, limits);
            if (explained_ == nullptr) return eval::admits_include(std::move(rules), trigger_, limits);
            ExplainedInclude& explained = explained_->emplace_back();
            explained.location = include_name(entry);
            explained.place = loaded_->tree.span(entry);
            return eval::admits_include(std::move(rules), trigger_, limits, explained);
          },
  };
  const compose::IncludeContext context_{source_, variables_, rules_, loaded_->options, in_pipeline()};
};

}  // namespace

Config load(std::string_view path, FileSource& source, const Trigger& trigger, const LoadOptions& options) {
  return Loader(path, source, trigger, options).run();
}

ExplainedLoad load_explained(std::string_view path, FileSource& source, const Trigger& trigger,
                             const LoadOptions& options) {
  std::vector<ExplainedInclude> includes;
  Config config = Loader(path, source, trigger, options, &includes).run();
  return {std::move(config), std::move(includes)};
}

bool Config::valid() const { return loaded_->model.has_value(); }
bool Config::yaml_cpp_set_aside() const { return loaded_->yaml_cpp_set_aside; }
const std::vector<Diagnostic>& Config::diagnostics() const { return loaded_->diagnostics; }
const std::vector<std::string>& Config::gitlab_errors() const { return loaded_->gitlab_errors; }
const std::vector<std::string>& Config::gitlab_warnings() const { return loaded_->gitlab_warnings; }
std::vector<Include> Config::includes() const {
  std::vector<Include> all;
  for (const compose::IncludedFile& file : loaded_->includes.files)
    all.push_back({file.origin, file.location, file.place, file.entry, file.home, file.path});
  return all;
}
const SourceFiles& Config::files() const { return loaded_->files; }

}  // namespace willrun
