// Which rules decided, and which jobs ran, over many decisions.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <willrun/coverage.hpp>
#include <willrun/scenario.hpp>

namespace willrun::scenario {

// Rules and jobs are known by their places, so that configurations that differ by inputs and includes, and instances of
// a `parallel` job, count them once. Views: programs and files must live as long.
class Coverage {
 public:
  // Everything that there is to reach.
  void add(const Program& program, const SourceFiles& files);
  // What a decision reached; `files` are those that it points into.
  void reach(const Decision& decision, const SourceFiles& files);
  CoverageReport report() const;

 private:
  using Place = std::pair<std::string, std::uint32_t>;      // file and byte
  using RuleKey = std::tuple<Place, std::uint32_t, Place>;  // its job, its number there, where it stands
  template <class Item>
  struct Reached {
    Item item;
    bool reached = false;
  };

  void reach_rule(const Place& owner, const DecidingRule& rule, const SourceFiles& files);

  std::vector<Reached<CoverageReport::Rule>> rules_;
  std::vector<Reached<CoverageReport::Job>> jobs_;
  std::map<RuleKey, std::size_t> rule_numbers_;
  std::map<Place, std::size_t> job_numbers_;
};

}  // namespace willrun::scenario
