#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <willrun/report.hpp>

#include "report/paint.hpp"
#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using report::paint;
using report::printable;
namespace ink = report::ink;

constexpr std::uint32_t kMostColumns = 100;

class Printer {
 public:
  Printer(const Explanation& explained, std::string_view job, const SourceFiles& files, const TextStyle& style)
      : explained_(explained), job_(job), files_(files), style_(style) {}

  std::string print() {
    verdict();
    if (!explained_.workflow.empty()) rules("workflow", explained_.workflow, 0);
    if (!explained_.rules.empty()) rules("job " + printable(job_), explained_.rules, explained_.not_reached);
    if (explained_.rules.empty() && explained_.job && explained_.decision.stopped_at != Step::workflow)
      out_ += "\nthe job has no rules of its own that were looked at\n";
    advice();
    return std::move(out_);
  }

 private:
  bool stopped_before_jobs() const {
    return explained_.decision.status != Decision::Status::created && explained_.rules.empty();
  }

  void verdict() {
    const Decision& decision = explained_.decision;
    if (decision.status == Decision::Status::skipped) out_ += "no pipeline: the commit or the push asks to skip it\n";
    if (decision.status == Decision::Status::failed) out_ += "no pipeline: " + printable(decision.message()) + "\n";
    if (job_.empty() || stopped_before_jobs()) return;
    const auto in = std::ranges::find(decision.jobs, job_, &JobDecision::name);
    const auto out = std::ranges::find(decision.left_out, job_, &LeftOutJob::name);
    if (in != decision.jobs.end()) {
      out_ +=
          fmt::format("{} is {} the pipeline, when: {}{}\n", printable(job_), paint("in", ink::kGood, style_.colour),
                      to_string(in->when), in->allow_failure ? ", it may fail" : "");
    } else if (out != decision.left_out.end()) {
      out_ += fmt::format("{} is {} of the pipeline: {}\n", printable(job_),
                          paint("left out", ink::kWarning, style_.colour), to_string(out->reason));
    }
  }

  void rules(const std::string& whose, const std::vector<ExplainedRule>& all, std::size_t not_reached) {
    out_ += fmt::format("\nrules of {}:\n", whose);
    for (const ExplainedRule& rule : all) one(rule);
    if (not_reached > 0) out_ += fmt::format("  {} more not reached\n", not_reached);
  }

  void one(const ExplainedRule& rule) {
    const std::string mark =
        rule.matched ? paint("yes", ink::kGood, style_.colour) : paint("no ", ink::kDim, style_.colour);
    out_ += fmt::format("  {} rule {} ({})", mark, rule.rule.index + 1,
                        report::place(files_, rule.rule.span, style_.paths));
    if (!rule.rule.condition.empty()) out_ += ", if: " + report::one_line(rule.rule.condition, kMostColumns);
    if (rule.matched) out_ += fmt::format(" -> {}", to_string(rule.when));
    out_ += '\n';
    for (const ReadVariable& variable : rule.read) {
      out_ += variable.value ? fmt::format("        ${} = \"{}\" ({})\n", variable.name,
                                           report::one_line(*variable.value, kMostColumns), variable.level)
                             : fmt::format("        ${} is not defined\n", variable.name);
    }
    clause("changes", rule.changes);
    clause("exists", rule.exists);
  }

  void clause(std::string_view name, std::optional<bool> held) {
    if (held) out_ += fmt::format("        {}: {}\n", name, *held ? "a path matches" : "no path matches");
  }

  // The first rule that could be otherwise. Where the workflow refuses, its rules are the ones.
  void advice() {
    const bool workflow = explained_.decision.stopped_at == Step::workflow;
    const auto& all = workflow ? explained_.workflow : explained_.rules;
    const bool in = !workflow && std::ranges::any_of(all, [](const ExplainedRule& rule) {
      return rule.matched && rule.when != When::never;
    });
    if (in) return;
    for (const ExplainedRule& rule : all) {
      const bool lacks_path = rule.changes == false || rule.exists == false;
      if (rule.when != When::never && lacks_path) {
        out_ += fmt::format("\nrule {} would hold if a path matched its `{}`\n", rule.rule.index + 1,
                            rule.changes == false ? "changes" : "exists");
        return;
      }
      if (rule.differences.empty()) continue;
      std::string wanted;
      for (const std::string& text : rule.differences) wanted += (wanted.empty() ? "" : ", and ") + printable(text);
      out_ += fmt::format("\nrule {} would {}hold if {}\n", rule.rule.index + 1, rule.matched ? "not " : "", wanted);
      return;
    }
  }

  const Explanation& explained_;
  std::string_view job_;
  const SourceFiles& files_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string render(const Explanation& explanation, std::string_view job, const SourceFiles& files,
                   const TextStyle& style) {
  return Printer(explanation, job, files, style).print();
}

}  // namespace willrun
