#include "willrun/source_flags.hpp"

#include <CLI/CLI.hpp>

#include "common/git.hpp"

namespace willrun::cli {

std::function<ProjectTree(const std::string&, const std::string&)> OpenedSource::trees_of_projects() const {
  return
      [from = files.get()](const std::string& project, const std::string& ref) { return from->tree_of(project, ref); };
}

void SourceFlags::declare(CLI::App& app) {
  app.add_option("--rev", revision, "read local files from this branch, tag or commit, not from the disk")
      ->type_name("REV");
  declare_offline(app);
}

void SourceFlags::declare_offline(CLI::App& app) {
  app.add_flag("--offline", offline, "fetch nothing: remote files come from the cache or not at all");
}

Config SourceFlags::load_named(const CommandLine& line, const std::string& path, const tools::RepositoryFile& place,
                               std::vector<std::pair<std::string, Value>> inputs, const LoadOptions& options) const {
  const OpenedSource opened = open(line, place, [&] { return tools::read_file(line.directory / path); });
  if (!opened.text.failure.empty()) throw CannotRun(path + ": " + opened.text.failure);
  Trigger trigger;
  trigger.inputs = std::move(inputs);
  return load(place.path, *opened.files, trigger, options);
}

OpenedSource SourceFlags::open(const CommandLine& line, const tools::RepositoryFile& place,
                               const std::function<tools::FileText()>& read) const {
  tools::SettingsOutcome settings = tools::read_settings(place.root / tools::kSettingsName);
  if (!settings.failure.empty()) throw CannotRun(settings.failure);
  return open(line, place, std::move(settings.settings), read);
}

OpenedSource SourceFlags::open(const CommandLine& line, const tools::RepositoryFile& place, tools::Settings settings,
                               const std::function<tools::FileText()>& read) const {
  tools::SourcesOptions options;
  options.offline = offline;
  options.progress = line.progress;
  OpenedSource opened;
  if (revision.empty()) {
    opened.text = read();
  } else {
    const auto repository = tools::GitRepository::open(place.root);
    if (!repository) throw CannotRun("--rev: there is no git repository around " + place.path);
    options.revision = repository->at(revision);
    if (!options.revision) throw CannotRun("--rev: there is no commit `" + revision + "`");
    opened.text = options.revision->read(place.path);
  }
  opened.files = std::make_unique<tools::Sources>(place.root, std::move(settings), std::move(options));
  if (opened.text.failure.empty()) opened.files->add(place.path, opened.text.text);
  return opened;
}

}  // namespace willrun::cli
