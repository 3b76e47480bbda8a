// A loaded configuration: text -> tree -> inputs -> composed tree -> typed model, with everything that was said on the
// way.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>
#include <willrun/file_source.hpp>
#include <willrun/options.hpp>
#include <willrun/source.hpp>
#include <willrun/trigger.hpp>

namespace willrun {

// One file that became part of a configuration.
struct Include {
  FileOrigin origin = FileOrigin::local;
  std::string location;   // the path, address or name, variables expanded
  Span place;             // of the entry that names it
  RepositoryPlace entry;  // in which the entry stands
  RepositoryPlace file;   // in which the file stands; of remote files and templates nothing
  std::string path;       // of the file there; empty: it was not found, or stands in none
};

namespace api {
struct Loaded;  // the stages' results; lives in lib/api
}

// The stages that dump() prints.
enum class Stage : std::uint8_t { yaml, inputs, composed, model, program };

// The result of load(). There is always one, valid or not, since diagnostics point into the texts that it owns.
// Copies share what they refer to, and so does a Program compiled from it. Threads: immutable; const members may be
// called concurrently.
class Config {
 public:
  explicit Config(std::shared_ptr<const api::Loaded> loaded) : loaded_(std::move(loaded)) {}

  // GitLab accepts the configuration.
  bool valid() const;
  // Everything found, in GitLab's order where GitLab says it too.
  const std::vector<Diagnostic>& diagnostics() const;
  // GitLab's own error and warning texts in its order, duplicates included. In LoadMode::pipeline there is at most one
  // error.
  const std::vector<std::string>& gitlab_errors() const;
  const std::vector<std::string>& gitlab_warnings() const;
  const SourceFiles& files() const;

  // Included files, a use each, in the order in which GitLab counts them: those of one list, then what each includes.
  std::vector<Include> includes() const;

  // yaml-cpp refused the text or read it otherwise than libyaml, which GitLab uses, so libyaml's reading was taken.
  // Never with YamlReader::libyaml.
  bool yaml_cpp_set_aside() const;

  const std::shared_ptr<const api::Loaded>& loaded() const { return loaded_; }

 private:
  std::shared_ptr<const api::Loaded> loaded_;
};

// Reads and judges the configuration at `path` of `source`. `trigger` gives the inputs and what include rules see.
Config load(std::string_view path, FileSource& source, const Trigger& trigger, const LoadOptions& options = {});

// One stage as text, one line an element, stable: for people and golden tests. A stage that was not reached is empty.
std::string dump(const Config& config, Stage stage);

}  // namespace willrun
