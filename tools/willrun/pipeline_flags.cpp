#include "willrun/pipeline_flags.hpp"

#include <CLI/CLI.hpp>
#include <vector>

#include "common/read_file.hpp"
#include "willrun/messages.hpp"

namespace willrun::cli {

namespace {

std::string shown_name(const tools::RepositoryFile& place) {
  const bool below = !place.folder.empty() && place.path.starts_with(place.folder);
  return below ? place.path.substr(place.folder.size()) : place.prefix + place.path;
}

}  // namespace

Config Question::load() const { return willrun::load(place.path, *opened.files, trigger, options); }

Decision Question::refused() const {
  Decision decision;
  decision.stopped_at = Step::repository;
  decision.errors.push_back(refusal);
  return decision;
}

void PipelineFlags::declare(CLI::App& app) {
  trigger.declare(app);
  app.add_option("--file", file, "the configuration, from the repository's root (default: .gitlab-ci.yml)")
      ->type_name("PATH");
  app.add_option("--repo", repository, "the repository's root (default: the one around this folder)")->type_name("DIR");
}

void PipelineFlags::declare_reading(CLI::App& app) {
  sources.declare(app);
  load.declare(app);
}

tools::RepositoryFile PipelineFlags::place(const CommandLine& line) const {
  if (!repository.empty()) return tools::in_repository(line.directory, repository, file);
  return tools::in_repository_around(line.directory, file);
}

Question PipelineFlags::question(const CommandLine& line) const {
  Question asked;
  asked.options = load.options(LoadMode::pipeline);
  asked.place = place(line);
  const Surroundings surroundings = Surroundings::at(asked.place.root);
  std::vector<std::string> notes;
  asked.trigger = trigger.trigger(line.directory, surroundings, asked.refusal, notes);
  if (!asked.refusal.empty()) return asked;
  SourceFlags from = sources;
  const bool of_commit = surroundings.repository && trigger.context.empty() && !trigger.worktree;
  if (of_commit && from.revision.empty()) from.revision = asked.trigger.sha;
  asked.trigger.config_path = asked.place.path;
  asked.opened = from.open(line, asked.place, surroundings.settings,
                           [&] { return tools::read_file(asked.place.root / asked.place.path); });
  if (!asked.opened.text.failure.empty()) throw CannotRun(shown_name(asked.place) + ": " + asked.opened.text.failure);
  if (!asked.trigger.tree) asked.trigger.tree = asked.opened.files->tree();
  asked.trigger.project_tree = asked.opened.trees_of_projects();
  if (!asked.trigger.tree)
    notes.push_back("--repo holds too many files to list: rules:exists is answered without them");
  for (const std::string& text : notes) note(line, text);
  return asked;
}

}  // namespace willrun::cli
