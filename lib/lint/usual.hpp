// What the usual ways of starting a pipeline make of a configuration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/trigger.hpp>

#include "model/model.hpp"
#include "program/program.hpp"

namespace willrun::lint {

// One usual way, decided. Nothing is known of the project: its default branch is called `main`, its variables are those
// of the file, and all files may have changed.
struct UsualPipeline {
  std::string name;  // "push tag"
  Trigger trigger;
  bool starts = false;         // the workflow lets it
  std::vector<bool> left_out;  // by number of the job in the model; not yet the pipeline's own end
};

UsualPipeline decide_usual(const model::Model& model, const std::shared_ptr<const program::Program>& program,
                           UsualTrigger usual);

std::vector<UsualPipeline> usual_pipelines(const model::Model& model,
                                           const std::shared_ptr<const program::Program>& program);

// The same ways where no file changed that rules name.
std::vector<UsualPipeline> unchanged_pipelines(const model::Model& model,
                                               const std::shared_ptr<const program::Program>& program);

// Whether a job that is left out of this pipeline is left out of every one of its kind: not for a variable that
// settings may give, for files, or for the name of the default branch.
bool surely_left_out(const model::Model& model, const model::Job& job, const UsualPipeline& usual);

// What a job that is left out of a pipeline waits for: variables that settings or people may give, and files that have
// to change. Nothing of the file gives those variables.
struct Waiting {
  std::vector<std::string_view> variables;
  bool changes = false;
};

// The same for a job that a variable or a change may let in, which is not there now; none where something else that
// nobody knows decides about it.
std::optional<Waiting> waits(const model::Model& model, const model::Job& job, const UsualPipeline& usual);

// Whether a job that is in this pipeline is in every one of its kind, whatever settings and files are.
bool surely_in(const model::Model& model, const model::Job& job, const UsualPipeline& usual);

// Whether it depends on files of the repository that a job is in a pipeline. Files that changed do not count: some
// change is one to these.
bool depends_on_files(const model::Job& job);

}  // namespace willrun::lint
