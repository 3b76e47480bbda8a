// What jobs take from `default:` and from the file's own keywords, which are its older form.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "yaml/tree.hpp"

namespace willrun::model {

// Does not own the tree. Threads: immutable.
class Defaults {
 public:
  // A `default:` that is a job itself is none.
  Defaults(const yaml::Tree& tree, yaml::NodeId root);

  struct Given {
    yaml::NodeId key = yaml::kNoNode;
    yaml::NodeId value = yaml::kNoNode;  // kNoNode: nobody gives one
    bool by_file = false;                // by the file's own keyword rather than by `default:`
  };

  // What a job without this keyword gets, `inherit:default` of the job obeyed.
  Given find(yaml::NodeId job, std::string_view key) const;
  // What `default:` itself gets.
  Given of_file(std::string_view key) const;
  // A keyword that stands in both places, which GitLab refuses.
  std::optional<std::string_view> given_twice() const;

 private:
  Given in(yaml::NodeId map, std::string_view key) const;
  static constexpr std::size_t kFileKeywords = 5;
  bool takes(yaml::NodeId job, std::string_view key) const;

  const yaml::Tree& tree_;
  yaml::NodeId root_;
  yaml::NodeId default_ = yaml::kNoNode;
  std::array<Given, kFileKeywords> of_file_;  // looked up once: a file may have many keys, and many jobs ask
};

// `default`, `workflow` and the like are jobs when they look like one.
bool looks_like_job(const yaml::Tree& tree, yaml::NodeId value);

// Whether `workflow:rules` is there, were it null: jobs have no default `only` then.
bool workflow_has_rules(const yaml::Tree& tree, yaml::NodeId root);

}  // namespace willrun::model
