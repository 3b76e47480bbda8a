#include <willrun/lint.hpp>

#include <algorithm>
#include <set>

#include "api/loaded.hpp"
#include "eval/scope.hpp"
#include "lint/check.hpp"
#include "lint/ignores.hpp"
#include "lint/windows_shell.hpp"

namespace willrun {

namespace {

// A file of another project: its own people's matter.
bool is_elsewhere(const api::Loaded& loaded, FileId file) {
  return std::ranges::any_of(loaded.includes.files, [&](const compose::IncludedFile& included) {
    return included.file == file && included.origin != FileOrigin::local;
  });
}

}  // namespace

std::vector<FindingKind> finding_kinds() {
  std::vector<FindingKind> all;
  for (const diag::CodeRow& row : diag::all_codes()) {
    FindingKind kind{row.id, row.name, row.severity, row.meaning, {}, false};
    const auto check = std::ranges::find(lint::all_checks(), row.code, &lint::Check::code);
    kind.is_check = row.code == diag::Code::shell_syntax || row.code == diag::Code::ignore_unused;
    if (check != lint::all_checks().end()) {
      kind.advice = (*check)->advice;
      kind.is_check = true;
    }
    all.push_back(kind);
  }
  return all;
}

namespace {

void add_lines(const yaml::Tree& tree, yaml::NodeId node, std::vector<ScriptLine>& lines) {
  yaml::each_flat(tree, node, [&](yaml::NodeId item) {
    if (tree.is_string(item)) lines.push_back({tree.text(item), tree.span(item)});
  });
}

}  // namespace

bool is_ignored(const SourceFiles& files, const Diagnostic& diagnostic) {
  return lint::Ignores(files).silence(diagnostic);
}

std::vector<Script> scripts(const Config& config) {
  std::vector<Script> all;
  const auto& loaded = config.loaded();
  if (!loaded->model) return all;
  const yaml::Tree& tree = loaded->tree;
  const yaml::NodeId defaults = tree.find(loaded->composed, "default");
  // GitLab takes what a job does not have from `default:`, or from the top of the file.
  const auto part = [&](const model::Job& job, std::string_view name) {
    for (const yaml::NodeId map : {job.config, defaults, loaded->composed}) {
      if (const yaml::NodeId found = tree.find(map, name); found != yaml::kNoNode) return found;
    }
    return yaml::kNoNode;
  };
  const auto on_windows = [&](const model::Job& job) {
    bool found = false;
    for (const std::string_view keyword : {"tags", "image"}) {
      const yaml::NodeId value = part(job, keyword);
      if (value == yaml::kNoNode) continue;
      lint::each_scalar(
          tree, value, [&](yaml::NodeId node, yaml::NodeId) { found = found || lint::names_windows(tree.text(node)); });
    }
    return found;
  };
  std::set<std::pair<yaml::NodeId, yaml::NodeId>> known;
  for (const model::Job& job : loaded->model->jobs) {
    const yaml::NodeId before = part(job, "before_script");
    const yaml::NodeId main = tree.find(job.config, "script");
    for (const auto& pair : {std::pair(before, main), std::pair(yaml::kNoNode, part(job, "after_script"))}) {
      if (!known.insert(pair).second) continue;
      Script script{job.name.value, {}};
      add_lines(tree, pair.first, script.lines);
      add_lines(tree, pair.second, script.lines);
      script.of_windows = on_windows(job) || std::ranges::any_of(script.lines, [](const ScriptLine& line) {
                            return lint::is_windows_command(line.text);
                          });
      if (!script.lines.empty()) all.push_back(std::move(script));
    }
  }
  return all;
}

Diagnostic shell_finding(const ScriptLine& line, std::string message) {
  return diag::make(diag::Code::shell_syntax, line.span, std::move(message));
}

Diagnostic scenario_finding(Span span, std::string message) {
  return diag::make(diag::Code::scenario_invalid, span, std::move(message));
}

namespace {

// Comments of our own files that silenced nothing. ShellCheck may be asked elsewhere: what could silence it counts as
// used.
std::vector<Diagnostic> unused_comments(const Config& config, lint::Ignores& ignores) {
  const api::Loaded& loaded = *config.loaded();
  std::vector<FileId> commented;
  for (std::size_t i = 0; i < loaded.files.size(); ++i) {
    const auto file = static_cast<FileId>(i);
    if (!is_elsewhere(loaded, file) && ignores.any(file)) commented.push_back(file);
  }
  if (commented.empty()) return {};
  for (const Diagnostic& one : loaded.diagnostics) ignores.silence(one);
  for (const Script& script : scripts(config)) {
    for (const ScriptLine& line : script.lines) ignores.silence(shell_finding(line, {}));
  }
  std::vector<Diagnostic> found;
  for (const FileId file : commented) {
    for (Diagnostic& one : ignores.unused(file, loaded.tree)) found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

std::vector<Diagnostic> lint_findings(const Config& config, const LintOptions& options) {
  const auto& loaded = config.loaded();
  const auto compiled = compile(config);
  if (!compiled) return {};
  const lint::Subject subject({loaded->files, loaded->tree, loaded->text, loaded->interpolated, loaded->merged,
                               loaded->composed, loaded->includes, *loaded->model, compiled->shared(),
                               loaded->options});
  // What GitLab warns of too is its to say.
  const auto is_told = [&](const Diagnostic& one) {
    return std::ranges::count(loaded->diagnostics, one.code, &Diagnostic::code) > 0;
  };
  std::vector<Diagnostic> found = lint::run_all(subject);
  lint::Ignores ignores(loaded->files);
  std::erase_if(found, [&](const Diagnostic& one) {
    return ignores.silence(one) || is_elsewhere(*loaded, one.span.file) || is_told(one);
  });
  if (options.in_part) return found;
  for (Diagnostic& one : unused_comments(config, ignores)) found.push_back(std::move(one));
  std::ranges::stable_sort(found, {}, [](const Diagnostic& one) { return std::pair(one.span.file, one.span.begin); });
  return found;
}

}  // namespace willrun
