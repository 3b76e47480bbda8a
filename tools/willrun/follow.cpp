#include "willrun/follow.hpp"

#include <nlohmann/json.hpp>

#include "common/value_json.hpp"

namespace willrun::cli {

namespace {

constexpr int kDeepest = 2;

class Follower {
 public:
  Follower(tools::Sources& files, const LoadOptions& options) : files_(files), options_(options) {}

  void follow(const Decision& decision, const Trigger& trigger, const std::string& prefix, int depth) {
    if (depth == kDeepest) return;
    for (const JobDecision& job : decision.jobs) {
      const auto started = downstream(decision, job, trigger);
      if (!started) continue;
      const std::string name = prefix + std::string(job.name);
      if (started->include.is_null()) {
        note(name, "starts a pipeline of project " + started->project);
      } else if (makes_files(started->include)) {
        note(name, "its files are made by another job");
      } else {
        load_child(name, *started, trigger, depth);
      }
    }
  }

  std::vector<Followed> take() { return std::move(all_); }

 private:
  static bool makes_files(const Value& include) {
    if (include.kind() == ValueKind::mapping) return include.find("artifact") != nullptr;
    if (include.kind() != ValueKind::sequence) return false;
    return std::any_of(include.items().begin(), include.items().end(), makes_files);
  }

  void note(const std::string& job, std::string text) { all_.push_back({job, std::move(text), Config(nullptr), {}}); }

  // The child's configuration is what it includes; JSON is YAML.
  void load_child(const std::string& name, const Downstream& started, const Trigger& trigger, int depth) {
    const Trigger child = child_trigger(trigger, started);
    Trigger without_inputs = child;
    nlohmann::ordered_json include = tools::to_json_value(started.include);
    if (!started.inputs.empty()) give_inputs(include, started);
    without_inputs.inputs.clear();
    const std::string path = ".child-" + std::to_string(all_.size()) + ".yml";
    files_.add(path, nlohmann::ordered_json{{"include", include}}.dump(-1, ' ', false,
                                                                       nlohmann::json::error_handler_t::replace));
    Config config = load(path, files_, without_inputs, options_);
    Decision decision = decide(config, without_inputs);
    all_.push_back({name, {}, config, decision});
    follow(decision, child, name + " > ", depth + 1);
  }

  // Inputs of the trigger are those of its included files.
  static void give_inputs(nlohmann::ordered_json& include, const Downstream& started) {
    nlohmann::ordered_json inputs = nlohmann::ordered_json::object();
    for (const auto& [name, value] : started.inputs) inputs[name] = tools::to_json_value(value);
    if (!include.is_array()) include = nlohmann::ordered_json::array({include});
    for (nlohmann::ordered_json& entry : include) {
      if (entry.is_string()) entry = nlohmann::ordered_json{{"local", entry}};
      if (entry.is_object() && !entry.contains("inputs")) entry["inputs"] = inputs;
    }
  }

  tools::Sources& files_;
  const LoadOptions& options_;
  std::vector<Followed> all_;
};

}  // namespace

std::vector<Followed> follow(const Decision& decision, const Trigger& trigger, tools::Sources& files,
                             const LoadOptions& options) {
  Follower follower(files, options);
  follower.follow(decision, trigger, {}, 0);
  return follower.take();
}

}  // namespace willrun::cli
