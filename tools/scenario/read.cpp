#include "scenario/read.hpp"

#include <map>

#include <willrun/lint.hpp>

#include "common/value_reader.hpp"
#include "scenario/given.hpp"
#include "scenario/read_expectation.hpp"

namespace willrun::scenario {

namespace {

using tools::WrongValue;

constexpr std::string_view kDefaultConfiguration = ".gitlab-ci.yml";

// Goes on behind a scenario that is wrong, so that all wrong ones are said at once.
class Reader {
 public:
  Reader(ScenarioFile& file, const tools::Settings& settings)
      : file_(file), places_(*file.places), settings_(settings) {}

  void read() {
    file_.configuration = kDefaultConfiguration;
    const Value& root = places_.value();
    guard(root, [&] {
      tools::read_map(root, "a file of scenarios",
                      {{"file", [&](const Value& value) { file_.configuration = tools::text_of(value, "file"); }},
                       {"given", [&](const Value& value) { shared_ = &value; }},
                       {"scenarios", [&](const Value& value) { list_ = &value; }}});
      check_shared();
      if (list_ == nullptr) throw WrongValue{"there is no `scenarios`", &root};
      if (list_->kind() != ValueKind::sequence) throw WrongValue{"scenarios is no list", list_};
      if (list_->items().empty()) throw WrongValue{"there is no scenario in the list", list_};
    });
    if (!file_.diagnostics.empty()) return;
    for (const Value& one : list_->items()) guard(one, [&] { read_one(one); });
  }

 private:
  // Runs a step; what is wrong is said of the value that it names, or else of `about`.
  template <class Step>
  void guard(const Value& about, const Step& step) {
    try {
      step();
    } catch (const WrongValue& wrong) {
      const bool known = wrong.value != nullptr && places_.holds(wrong.value);
      say(places_.span(known ? *wrong.value : about), wrong.text);
    }
  }

  void say(Span span, std::string text) { file_.diagnostics.push_back(wrong_scenario(span, std::move(text))); }

  // By itself too, or a mistake would be said with each scenario.
  void check_shared() const {
    if (shared_ == nullptr) return;
    trigger_of(*shared_, settings_);
    check_ref(*shared_);
  }

  // Within one `given`: a branch of a scenario goes over a shared tag.
  static void check_ref(const Value& given) {
    const Value* tag = given.find("tag");
    const bool is_tag = tag != nullptr && (tag->kind() == ValueKind::string || *tag == Value(true));
    if (is_tag && given.find("branch") != nullptr)
      throw WrongValue{"there are `branch` and `tag`, and a pipeline runs for one of them", tag};
  }

  void read_one(const Value& value) {
    Scenario made;
    const Value* given = nullptr;
    const Value* expect = nullptr;
    tools::read_map(value, "a scenario",
                    {{"name",
                      [&](const Value& name) {
                        made.name = tools::text_of(name, "name");
                        made.span = places_.span(name);
                      }},
                     {"given", [&](const Value& facts) { given = facts.is_null() ? nullptr : &facts; }},
                     {"expect", [&](const Value& expected) { expect = &expected; }}});
    if (made.name.empty()) throw WrongValue{"a scenario has no name", &value};
    check_name(made);
    if (given != nullptr) {
      tools::pairs_of(*given, "given");
      check_ref(*given);
    }
    read_given(made, given);
    if (given != nullptr && given->find("changed_files") != nullptr && !made.trigger.compares_changes())
      file_.notes.push_back(
          "`" + made.name +
          "` gives changed_files, but its pipeline compares nothing: rules:changes always holds there");
    if (expect != nullptr && !expect->is_null()) made.expect = read_expectation(*expect, places_, file_.nodes->files);
    file_.scenarios.push_back(std::move(made));
  }

  void check_name(const Scenario& made) {
    const auto [first, is_new] = names_.emplace(made.name, made.span);
    if (is_new) return;
    Diagnostic found = wrong_scenario(made.span, "there are two scenarios of this name");
    found.labels.push_back({first->second, "the first one"});
    file_.diagnostics.push_back(std::move(found));
  }

  // The merged facts are a tree of their own, whose nodes stand where they are written.
  void read_given(Scenario& made, const Value* given) {
    const YamlNode facts = merged_facts(given);
    const Places merged(facts);
    try {
      made.trigger = trigger_of(merged.value(), settings_);
      made.given = merged.value();
    } catch (const WrongValue& wrong) {
      const bool known = wrong.value != nullptr && merged.holds(wrong.value);
      say(known ? merged.span(*wrong.value) : made.span, wrong.text);
    }
  }

  YamlNode merged_facts(const Value* given) const {
    YamlNode none;
    none.kind = ValueKind::mapping;
    const YamlNode& shared = shared_ != nullptr && !shared_->is_null() ? places_.node(*shared_) : none;
    return given == nullptr ? shared : overlay(shared, places_.node(*given));
  }

  ScenarioFile& file_;
  const Places& places_;
  const tools::Settings& settings_;
  const Value* shared_ = nullptr;
  const Value* list_ = nullptr;
  std::map<std::string, Span, std::less<>> names_;
};

}  // namespace

const Value& ScenarioFile::scenario_value(std::size_t index) const {
  return places->value().find("scenarios")->items()[index];
}

ScenarioFile read_scenarios(std::string_view text, std::string name, const tools::Settings& settings) {
  ScenarioFile file;
  file.nodes = std::make_unique<YamlNodes>(read_yaml_nodes(text, std::move(name)));
  file.diagnostics = file.nodes->diagnostics;
  if (!file.nodes->root) return file;
  file.places = std::make_unique<Places>(*file.nodes->root);
  Reader(file, settings).read();
  return file;
}

Diagnostic wrong_scenario(Span span, std::string message, std::string help) {
  Diagnostic found = scenario_finding(span, std::move(message));
  found.help = std::move(help);
  return found;
}

}  // namespace willrun::scenario
