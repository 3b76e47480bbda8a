#include "willrun/trigger_flags.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "common/context_file.hpp"
#include "common/git_facts.hpp"
#include "common/trigger_preset.hpp"
#include "willrun/assignments.hpp"
#include "willrun/flags.hpp"
#include "willrun/inputs_file.hpp"

namespace willrun::cli {

namespace {

// Sources whose facts the options can give. The others stand on facts of a parent pipeline, an external pull request or
// a chat command, and such an answer would be wrong without them.
constexpr std::array<PipelineSource, 15> kOffered = {
    PipelineSource::push,
    PipelineSource::merge_request_event,
    PipelineSource::web,
    PipelineSource::trigger,
    PipelineSource::schedule,
    PipelineSource::api,
    PipelineSource::pipeline,
    PipelineSource::webide,
    PipelineSource::ondemand_dast_scan,
    PipelineSource::ondemand_dast_validation,
    PipelineSource::security_orchestration_policy,
    PipelineSource::container_registry_push,
    PipelineSource::duo_workflow,
    PipelineSource::pipeline_execution_policy_schedule,
    PipelineSource::dependency_management_security_update,
};

constexpr std::string_view kMergeRequest = "mr";  // our short word for GitLab's long one

// The short word, then those of kOffered.
std::vector<std::string_view> offered_words() {
  std::vector<std::string_view> words = {kMergeRequest};
  for (const PipelineSource source : kOffered) words.push_back(to_string(source));
  return words;
}

PipelineSource source_of(const std::string& word) {
  const std::optional<PipelineSource> known = tools::source_of_word(word);
  if (known && std::ranges::count(kOffered, *known) == 0)
    throw CannotRun("--source " + word + " stands on facts that only a context file gives: see --context");
  const std::size_t chosen = choose("--source", word, offered_words());
  return chosen == 0 ? PipelineSource::merge_request_event : kOffered[chosen - 1];
}

// For a note only: whether a pipeline is skipped is the library's to decide.
bool seems_to_skip(const std::string& message) {
  return message.find('[') != std::string::npos && message.find("skip") != std::string::npos;
}

}  // namespace

void InputFlags::declare(CLI::App& app) {
  app.add_option("--input", inputs, "a value for spec:inputs, read as GitLab reads a form field; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--inputs-file", file, "values for spec:inputs from a YAML or JSON map; --input goes over it")
      ->type_name("FILE");
}

std::vector<std::pair<std::string, Value>> InputFlags::values(const std::filesystem::path& directory) const {
  std::vector<std::pair<std::string, Value>> all;
  if (!file.empty()) all = read_inputs_file(directory / file, file);
  std::vector<std::string> given;
  for (const std::string& text : inputs) {
    auto assignment = parse_assignment("--input", text);
    const std::string& name = assignment.first;
    if (std::find(given.begin(), given.end(), name) != given.end()) {
      throw UsageError("--input: `" + name + "` is given twice");
    }
    given.push_back(name);
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& pair) { return pair.first == name; });
    if (known == all.end()) {
      all.push_back(std::move(assignment));
    } else {
      known->second = std::move(assignment.second);
    }
  }
  return all;
}

void TriggerFlags::declare(CLI::App& app) {
  add_choice(app, "--source", source, offered_words(),
             "what starts the pipeline: push (default), mr, trigger, web, api, schedule, ...")
      ->type_name("SOURCE");
  app.add_option("--ref", ref, "branch or tag that it runs for (default: what is checked out)")->type_name("NAME");
  app.add_flag("--tag", tag, "--ref is a tag");
  app.add_option("--default-branch", default_branch, "the project's default branch (default: what origin says)")
      ->type_name("NAME");
  app.add_option("--target", target, "of a merge request: the branch it goes into (default: the default branch)")
      ->type_name("BRANCH");
  app.add_flag("--worktree", worktree, "uncommitted files count as committed");
  app.add_option("--message", message, "the commit's message ([skip ci] counts where GitLab lets it)")
      ->type_name("TEXT");
  app.add_option("--var", variables, "a variable given with the trigger; @FILE takes a file's text; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--var-file", variable_file, "NAME=VALUE lines, `#` for comments; --var goes over it")
      ->type_name("FILE");
  app.add_option("--context", context, "a file that says everything else of the trigger; no repository is asked")
      ->type_name("FILE");
  inputs.declare(app);
  app.add_option("--changed", changed, "a path that the push touches, for rules:changes; may be repeated")
      ->type_name("PATH")
      ->allow_extra_args(false);
}

namespace {

std::string or_else(const std::string& given, const std::optional<std::string>& other, const char* last) {
  if (!given.empty()) return given;
  return other.value_or(last);
}

// GitLab's text where a name stands for nothing, or for two things; `tag` is set where it is a tag.
std::string judge_ref(const tools::GitRepository& repository, const std::string& ref, bool& tag) {
  switch (repository.kind(ref)) {
    case tools::GitRef::unknown: return "Reference not found";
    case tools::GitRef::ambiguous: return tag ? std::string() : "Ref is ambiguous";
    case tools::GitRef::tag: tag = true; return {};
    case tools::GitRef::branch: return tag ? "Reference not found" : std::string();
  }
  return {};
}

}  // namespace

Surroundings Surroundings::at(const std::filesystem::path& root) {
  tools::SettingsOutcome read = tools::read_settings(root / tools::kSettingsName);
  if (!read.failure.empty()) throw CannotRun(read.failure);
  auto repository = tools::GitRepository::open(root);
  if (repository && !repository->resolve("HEAD")) repository.reset();
  return {std::move(read.settings), std::move(repository)};
}

std::optional<std::string> Surroundings::default_branch() const {
  if (settings.default_branch) return settings.default_branch;
  return repository ? repository->default_branch() : std::nullopt;
}

bool Surroundings::protects(const Trigger& trigger) const {
  if (trigger.ref_kind == RefKind::merge_request) return false;
  return tools::is_protected(settings.protected_refs.value_or(std::vector{trigger.default_branch}), trigger.ref);
}

Trigger TriggerFlags::trigger(const std::filesystem::path& directory, const Surroundings& surroundings,
                              std::string& refusal, std::vector<std::string>& notes) const {
  if (!context.empty()) return from_context(directory, notes);
  const auto& repository = surroundings.repository;
  const auto checked_out = repository ? repository->current_branch() : std::nullopt;
  if (ref && ref->empty()) throw UsageError("--ref is empty; give a branch or, with --tag, a tag");
  const std::string name = or_else(ref.value_or(""), checked_out, "main");
  bool is_tag = tag;
  if (repository) refusal = judge_ref(*repository, name, is_tag);
  Trigger made = tools::usual_trigger(source_of(source), name, is_tag);
  if (is_tag) made.ref_kind = RefKind::tag;
  made.default_branch = or_else(default_branch, surroundings.default_branch(), "main");
  if (made.merge_request) {
    made.merge_request->target_branch = target.empty() ? made.default_branch : target;
  } else if (!target.empty()) {
    notes.push_back("--target has no effect: source `" + source + "` is no merge request");
  }
  if (!message.empty()) made.commit_message = message;
  give_variables(directory, made, notes);
  made.inputs = inputs.values(directory);
  if (!changed.empty()) made.changed_files = changed;
  if (repository && refusal.empty()) {
    const tools::FactsOptions facts{!message.empty(), !changed.empty(), worktree};
    refusal = tools::add_git_facts(*repository, made, facts, notes);
  }
  made.ref_protected = surroundings.protects(made);
  if (!changed.empty() && !made.compares_changes()) {
    const bool is_push = made.source == PipelineSource::push && !is_tag;
    notes.push_back("--changed has no effect: for " +
                    std::string(is_tag    ? "a tag"
                                : is_push ? "a new branch"
                                          : "source `" + source + "`") +
                    " GitLab compares no files, and rules:changes is always true");
  }
  if (seems_to_skip(message) && !made.honours_skip()) {
    notes.push_back("[skip ci] in --message has no effect: source `" + source + "` does not honour it");
  }
  return made;
}

Trigger TriggerFlags::from_context(const std::filesystem::path& directory, std::vector<std::string>& notes) const {
  const bool more = ref || tag || worktree || !target.empty() || !message.empty() || !changed.empty() ||
                    !default_branch.empty() || source != "push";
  if (more)
    throw UsageError("--context says all of the trigger; beside it only --var, --var-file and --input are taken");
  tools::ContextOutcome read = tools::read_context(directory / context);
  if (!read.failure.empty()) throw CannotRun("--context " + read.failure);
  give_variables(directory, read.trigger, notes);
  for (auto& input : inputs.values(directory)) {
    std::erase_if(read.trigger.inputs, [&](const auto& known) { return known.first == input.first; });
    read.trigger.inputs.push_back(std::move(input));
  }
  return std::move(read.trigger);
}

void TriggerFlags::give_variables(const std::filesystem::path& directory, Trigger& made,
                                  std::vector<std::string>& notes) const {
  std::vector<Assignment> all;
  if (!variable_file.empty()) all = read_variable_file(directory / variable_file, variable_file, notes);
  override_with(all, parse_variables(variables, directory));
  for (auto& [key, value] : all) {
    const auto known = std::ranges::find(made.variables, key, &Variable::key);
    Variable& variable = known == made.variables.end() ? made.variables.emplace_back() : *known;
    variable.key = std::move(key);
    variable.value = std::move(value);
  }
}

}  // namespace willrun::cli
