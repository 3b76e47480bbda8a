#include "eval/way_in.hpp"

#include <algorithm>
#include <list>

#include <fmt/format.h>

#include "expr/parser.hpp"
#include "machine/possible.hpp"

namespace willrun::eval {

namespace {

using machine::PossibleValue;
using Variable = machine::Possibilities::Variable;

constexpr std::size_t kMostDifferences = 3;
constexpr std::size_t kMostTrials = 50'000;
constexpr std::size_t kMostWorlds = 100;  // that are asked whether it works

// Something that may be otherwise than it is.
class Switch {
 public:
  virtual ~Switch() = default;
  // How many positions there are besides that of now; the likely ones come first.
  virtual std::size_t positions(bool likely) const = 0;
  virtual void turn(std::size_t position) = 0;                         // from 0
  virtual void turn_back() = 0;                                        // to what is now
  virtual Change change() const = 0;                                   // what it is turned to
  virtual void tell(std::vector<std::string>& differences) const = 0;  // the same in words
};

// Values in the order in which they are tried: texts that are spelled, any other text; and, less likely to be what
// somebody would make of a variable, not defined and empty.
struct Order {
  std::vector<std::size_t> values;
  std::size_t likely = 0;
};

Order order_of(const Variable& variable) {
  Order order;
  const auto add = [&](const auto& is_it) {
    for (std::size_t i = 0; i < variable.values.size(); ++i) {
      if (i != variable.now && is_it(variable.values[i])) order.values.push_back(i);
    }
  };
  add([](const PossibleValue& value) { return value.spelled && value.truthful(); });
  add([](const PossibleValue& value) { return !value.spelled && value.matches.empty(); });
  add([](const PossibleValue& value) { return !value.spelled && !value.matches.empty(); });
  order.likely = order.values.size();
  add([](const PossibleValue& value) { return value.null; });
  add([](const PossibleValue& value) { return value.spelled && !value.null && value.text.empty(); });
  return order;
}

class VariableSwitch : public Switch {
 public:
  VariableSwitch(std::string_view name, Variable& variable)
      : name_(name), variable_(variable), order_(order_of(variable)) {}

  std::size_t positions(bool likely) const override { return likely ? order_.likely : order_.values.size(); }
  void turn(std::size_t position) override { variable_.chosen = order_.values[position]; }
  void turn_back() override { variable_.chosen = *variable_.now; }
  Change change() const override {
    const PossibleValue& then = variable_.values[variable_.chosen];
    return {.variable = name_, .value = then.null ? std::nullopt : std::optional(then.text)};
  }

  void tell(std::vector<std::string>& differences) const override {
    const PossibleValue& now = variable_.values[*variable_.now];
    const PossibleValue& then = variable_.values[variable_.chosen];
    const auto add = [&](std::string text) { differences.push_back(fmt::format("${} {}", name_, text)); };
    if (then.null) return add("were not set");
    if (then.spelled) return add(fmt::format("were \"{}\"", then.text));
    const std::size_t told = differences.size();
    for (const std::string_view pattern : then.matches) {
      if (std::ranges::count(now.matches, pattern) == 0) add(fmt::format("matched {}", pattern));
    }
    for (const std::string_view pattern : now.matches) {
      if (std::ranges::count(then.matches, pattern) == 0) add(fmt::format("did not match {}", pattern));
    }
    if (differences.size() == told) add(now.truthful() ? fmt::format("were not \"{}\"", now.text) : "were set");
  }

 private:
  std::string_view name_;
  Variable& variable_;
  Order order_;
};

class PathSwitch : public Switch {
 public:
  PathSwitch(Paths& paths, std::size_t rule, std::string_view keyword)
      : paths_(paths), now_(paths), rule_(rule), keyword_(keyword) {}

  std::size_t positions(bool) const override { return 1; }
  void turn(std::size_t) override { paths_ = now_ == Paths::match ? Paths::no_match : Paths::match; }
  void turn_back() override { paths_ = now_; }
  Change change() const override {
    return {.rule = rule_, .exists = keyword_ == "exists", .match = paths_ == Paths::match};
  }

  void tell(std::vector<std::string>& differences) const override {
    differences.push_back(
        fmt::format("{} path matched `{}` of rule {}", now_ == Paths::match ? "no" : "a", keyword_, rule_ + 1));
  }

 private:
  Paths& paths_;
  Paths now_;
  std::size_t rule_;
  std::string_view keyword_;
};

// The rules up to the one that is to match.
class Search {
 public:
  Search(std::span<const RuleFacts> rules, std::size_t wanted, const World& world)
      : rules_(rules.begin(), rules.begin() + static_cast<std::ptrdiff_t>(wanted) + 1), world_(world) {}

  // Nothing: no way was found. No differences: the rule lets something in as it is.
  std::optional<std::vector<std::string>> run() {
    if (!prepare()) return std::nullopt;
    std::vector<Switch*> turned;
    if (lets_in()) return told(turned);
    for (std::size_t most = 1; most <= kMostDifferences; ++most) {
      if (turn(0, most, true, turned) || turn(0, most, false, turned)) return told(turned);
    }
    return std::nullopt;
  }

 private:
  // A rule that lets something in says nothing against a later one; only `never` does.
  bool counts(std::size_t rule) const { return rule + 1 == rules_.size() || rules_[rule].never; }

  bool prepare() {
    parsed_.resize(rules_.size());
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (!counts(i)) continue;
      if (rules_[i].changes == Paths::fail || rules_[i].exists == Paths::fail) return false;
      parsed_[i] = expr::parse(rules_[i].condition).tree;
      for (const expr::Node& node : parsed_[i].nodes) {
        if (node.kind != expr::TokenKind::variable) continue;
        const std::string_view name = node.content.of(rules_[i].condition);
        possible_.know(name, world_.value(name));
      }
    }
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (counts(i) && !rules_[i].condition.empty() && !possible_.add({rules_[i].condition, &parsed_[i]})) return false;
    }
    if (!possible_.prepare()) return false;
    possible_.realize();
    make_switches();
    return true;
  }

  // In the order in which conditions read them, those of the wanted rule first.
  void make_switches() {
    std::vector<std::string_view> made;
    for (std::size_t left = rules_.size(); left-- > 0;) {
      if (!counts(left)) continue;
      for (const expr::Node& node : parsed_[left].nodes) {
        if (node.kind != expr::TokenKind::variable) continue;
        const std::string_view name = node.content.of(rules_[left].condition);
        Variable& variable = possible_.variables().at(name);
        if (variable.fixed || std::ranges::count(made, name) > 0 || !world_.can_differ(name)) continue;
        made.push_back(name);
        variables_.emplace_back(name, variable);
        switches_.push_back(&variables_.back());
      }
      add_paths(rules_[left].changes, left, "changes");
      add_paths(rules_[left].exists, left, "exists");
    }
  }

  void add_paths(Paths& paths, std::size_t rule, std::string_view keyword) {
    if (paths != Paths::match && paths != Paths::no_match) return;
    paths_.emplace_back(paths, rule, keyword);
    switches_.push_back(&paths_.back());
  }

  // Turns exactly `most` switches from `first` on, every way, until it lets something in.
  bool turn(std::size_t first, std::size_t most, bool likely, std::vector<Switch*>& turned) {
    if (most == 0) return ++trials_ <= kMostTrials && lets_in() && works(turned);
    for (std::size_t i = first; i + most <= switches_.size() && trials_ <= kMostTrials; ++i) {
      turned.push_back(switches_[i]);
      for (std::size_t position = 0; position < switches_[i]->positions(likely); ++position) {
        switches_[i]->turn(position);
        if (turn(i + 1, most - 1, likely, turned)) return true;
      }
      switches_[i]->turn_back();
      turned.pop_back();
    }
    return false;
  }

  bool works(const std::vector<Switch*>& turned) {
    if (++worlds_ > kMostWorlds) return false;
    std::vector<Change> changes;
    for (const Switch* one : turned) changes.push_back(one->change());
    return world_.works(changes);
  }

  bool lets_in() const {
    if (!holds(rules_.size() - 1)) return false;
    for (std::size_t i = 0; i + 1 < rules_.size(); ++i) {
      if (rules_[i].never && holds(i)) return false;
    }
    return true;
  }

  bool holds(std::size_t rule) const {
    const auto held = [](Paths paths) { return paths == Paths::hold || paths == Paths::match; };
    return held(rules_[rule].changes) && held(rules_[rule].exists) &&
           (rules_[rule].condition.empty() || possible_.truthful({rules_[rule].condition, &parsed_[rule]}));
  }

  static std::vector<std::string> told(const std::vector<Switch*>& turned) {
    std::vector<std::string> differences;
    for (const Switch* one : turned) one->tell(differences);
    return differences;
  }

  std::vector<RuleFacts> rules_;
  const World& world_;
  std::vector<expr::Tree> parsed_;
  machine::Possibilities possible_;
  std::list<VariableSwitch> variables_;
  std::list<PathSwitch> paths_;
  std::vector<Switch*> switches_;
  std::size_t trials_ = 0;
  std::size_t worlds_ = 0;
};

}  // namespace

std::optional<WayIn> way_in(std::span<const RuleFacts> rules, const World& world) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].never) continue;
    auto differences = Search(rules, i, world).run();
    if (!differences) continue;
    if (differences->empty()) return std::nullopt;
    return WayIn{static_cast<std::uint32_t>(i), std::move(*differences)};
  }
  return std::nullopt;
}

}  // namespace willrun::eval
