// What rules see, by name and level.
#include <map>

#include <willrun/decision.hpp>

#include "eval/scope.hpp"
#include "eval/settings.hpp"

namespace willrun {

namespace {

// Levels come in their order, so that a later value takes the place of an earlier one.
class Collector {
 public:
  void add(std::string_view name, std::optional<std::string> value, eval::Level level, bool masked, bool jobs_only) {
    VisibleVariable& visible = by_name_[std::string(name)];
    visible.name = name;
    visible.value = std::move(value);
    visible.level = eval::word(level);
    visible.masked = masked;
    visible.in_includes = !jobs_only && is_seen(level, eval::Phase::include);
    visible.in_workflow = !jobs_only && !eval::is_job_name(name);
    visible.in_jobs = true;
  }

  void add_predefined(const Trigger& trigger, eval::Level from, eval::Level to) {
    for (const eval::PredefinedRow& row : eval::predefined_rows()) {
      if (row.level < from || row.level > to) continue;
      if (auto value = row.value(trigger)) add(row.name, std::move(value), row.level, false, row.jobs_only);
    }
  }

  std::vector<VisibleVariable> take() {
    std::vector<VisibleVariable> all;
    for (auto& [name, variable] : by_name_) all.push_back(std::move(variable));
    return all;
  }

 private:
  std::map<std::string, VisibleVariable> by_name_;
};

}  // namespace

std::vector<VisibleVariable> visible_variables(const Trigger& trigger, const Program* program) {
  Collector all;
  all.add_predefined(trigger, eval::Level::job, eval::Level::pipeline);
  if (program != nullptr) {
    for (const model::Variable& variable : program->compiled().model->variables)
      all.add(variable.name, std::string(variable.value), eval::Level::yaml_root, false, false);
  }
  all.add_predefined(trigger, eval::Level::user, eval::Level::user);
  eval::each_setting(trigger, std::nullopt, [&](const Variable& variable, eval::Level level) {
    all.add(variable.key, variable.value, level, variable.masked, false);
  });
  all.add_predefined(trigger, eval::Level::chat, eval::Level::release);
  return all.take();
}

}  // namespace willrun
