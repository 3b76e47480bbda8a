#include "scenario/read_expectation.hpp"

#include <algorithm>
#include <array>

#include <willrun/nearest.hpp>

#include "common/value_reader.hpp"
#include "scenario/pattern.hpp"

namespace willrun::scenario {

namespace {

using tools::WrongValue;
using Pipeline = Expectation::Pipeline;

constexpr std::array<std::string_view, 5> kWhen = {"on_success", "on_failure", "always", "manual", "delayed"};

class ExpectationReader {
 public:
  ExpectationReader(const Places& places, const SourceFiles& files) : places_(places), files_(files) {}

  Expectation read(const Value& expect) {
    made_.span = places_.span(expect);
    tools::read_map(expect, "expect",
                    {{"created", [&](const Value& value) { created_ = tools::flag_of(value, "created"); }},
                     {"failure", [&](const Value& value) { made_.failure = text(value, "failure"); }},
                     {"skipped", [&](const Value& value) { skipped(value); }},
                     {"jobs", [&](const Value& value) { made_.jobs = jobs(value, "jobs"); }},
                     {"present", [&](const Value& value) { made_.present = jobs(value, "present"); }},
                     {"absent", [&](const Value& value) { made_.absent = names(value, "absent"); }},
                     {"name", [&](const Value& value) { made_.name = text(value, "name"); }},
                     {"warnings", [&](const Value& value) { made_.warnings = texts(value, "warnings"); }}});
    settle(expect);
    return std::move(made_);
  }

 private:
  void skipped(const Value& value) {
    skipped_ = tools::flag_of(value, "skipped");
    if (!skipped_) throw WrongValue{"skipped takes true only; leave it out", &value};
  }

  // What becomes of the pipeline: created, where nothing else is said.
  void settle(const Value& expect) {
    const bool ends = made_.failure || skipped_;
    if ((made_.failure && skipped_) || (ends && created_.value_or(false)))
      throw WrongValue{"`created`, `failure` and `skipped` contradict each other", &expect};
    if (!created_.value_or(true)) made_.pipeline = Pipeline::not_created;
    if (made_.failure) made_.pipeline = Pipeline::failed;
    if (skipped_) made_.pipeline = Pipeline::skipped;
    if (made_.pipeline == Pipeline::created) return;
    for (const std::string_view key : {"jobs", "present", "absent", "name"}) {
      const Value* value = expect.find(key);
      if (value != nullptr)
        throw WrongValue{std::string(key) + " can only be expected of a pipeline that is created", value};
    }
  }

  ExpectedText text(const Value& value, std::string_view name) const {
    ExpectedText made{tools::text_of(value, name), places_.span(value)};
    const std::string wrong = made.is_pattern() ? wrong_pattern(made.value) : std::string();
    if (!wrong.empty()) throw WrongValue{std::string(name) + " is no pattern: " + wrong, &value};
    return made;
  }

  std::vector<ExpectedText> texts(const Value& value, std::string_view name) const {
    tools::texts_of(value, name);
    std::vector<ExpectedText> all;
    for (const Value& item : value.items()) all.push_back(text(item, name));
    return all;
  }

  std::vector<ExpectedJob> names(const Value& value, std::string_view key) const {
    tools::texts_of(value, key);
    std::vector<ExpectedJob> all;
    for (const Value& item : value.items()) all.push_back({item.text(), places_.span(item), {}});
    return all;
  }

  // A list of names, or a map from names to what is expected of each.
  std::vector<ExpectedJob> jobs(const Value& value, std::string_view key) const {
    if (value.kind() != ValueKind::mapping) return names(value, key);
    std::vector<ExpectedJob> all;
    for (const auto& [name, details] : value.pairs()) {
      ExpectedJob& job = all.emplace_back();
      job.name = tools::text_of(name, "the name of a job");
      job.span = places_.span(name);
      job.details = details_of(details, job.name);
    }
    return all;
  }

  std::vector<ExpectedDetail> details_of(const Value& details, const std::string& job) const {
    std::vector<ExpectedDetail> all;
    const auto add = [&](std::string_view key, Value expected, const Value& at) {
      all.push_back({key, {}, std::move(expected), places_.span(at)});
    };
    const auto text_or_none = [&](std::string_view key) {
      return tools::MapKey{key, [&, key](const Value& value) {
                             add(key, value.is_null() ? Value() : Value(tools::text_of(value, key)), value);
                           }};
    };
    tools::read_map(details, job,
                    {{"when", [&](const Value& value) { add("when", when(value), value); }},
                     {"allow_failure",
                      [&](const Value& value) { add("allow_failure", tools::flag_of(value, "allow_failure"), value); }},
                     text_or_none("stage"),
                     text_or_none("environment"),
                     text_or_none("start_in"),
                     {"needs",
                      [&](const Value& value) {
                        tools::texts_of(value, "needs");
                        add("needs", value, value);
                      }},
                     {"variables", [&](const Value& value) {
                        for (const auto& [name, one] : tools::pairs_of(value, "variables"))
                          all.push_back({"variables", tools::text_of(name, "the name of a variable"), written(one),
                                         places_.span(one)});
                      }}});
    return all;
  }

  static Value when(const Value& value) {
    const std::string& word = tools::text_of(value, "when");
    if (std::ranges::count(kWhen, word) > 0) return word;
    const std::string meant = suggestion(word, kWhen);
    throw WrongValue{
        "when does not know `" + word + "`" +
            (meant.empty() ? ": it takes on_success, on_failure, always, manual or delayed" : "; " + meant),
        &value};
  }

  // Variables are texts: what YAML reads as a number or a boolean counts as it is written.
  Value written(const Value& value) const {
    if (value.is_null() || value.kind() == ValueKind::string) return value;
    if (value.kind() == ValueKind::mapping || value.kind() == ValueKind::sequence ||
        value.kind() == ValueKind::reference)
      throw WrongValue{"the value of a variable is no text", &value};
    return std::string(files_.text(places_.span(value)));
  }

  const Places& places_;
  const SourceFiles& files_;
  Expectation made_;
  std::optional<bool> created_;
  bool skipped_ = false;
};

}  // namespace

Expectation read_expectation(const Value& expect, const Places& places, const SourceFiles& files) {
  return ExpectationReader(places, files).read(expect);
}

}  // namespace willrun::scenario
