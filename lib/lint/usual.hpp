// What the usual ways of starting a pipeline make of a configuration.
#pragma once

#include <string>
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

// Whether a job that is left out of this pipeline is left out of every one of its kind: not for a variable that
// settings may give, for files, or for the name of the default branch.
bool surely_left_out(const model::Model& model, const model::Job& job, const UsualPipeline& usual);

// Whether it depends on files of the repository that a job is in a pipeline. Files that changed do not count: some
// change is one to these.
bool depends_on_files(const model::Job& job);

}  // namespace willrun::lint
