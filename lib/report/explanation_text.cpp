#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <willrun/report.hpp>

#include "report/decision_words.hpp"
#include "report/paint.hpp"
#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using report::paint;
using report::printable;
namespace ink = report::ink;

constexpr std::uint32_t kListColumns = 100;

std::string shown(std::string_view text) { return report::one_line(text, kListColumns); }

class ExplanationPrinter {
 public:
  ExplanationPrinter(const Explanation& explained, std::span<const ExplainedInclude> includes, std::string_view job,
                     const SourceFiles& files, const TextStyle& style)
      : explained_(explained), includes_(includes), job_(job), files_(files), style_(style) {}

  std::string print() {
    verdict();
    if (job_.empty()) include_rules();
    if (job_.empty() || workflow_refused()) {
      rules("workflow", explained_.workflow);
    } else {
      workflow_rule();
    }
    rules("job " + printable(explained_.job_name), explained_.rules);
    if (!explained_.policies.empty()) policies();
    advice();
    if (!job_.empty()) left_out_includes();
    return std::move(out_);
  }

 private:
  bool created() const { return explained_.decision.status == Decision::Status::created; }
  bool workflow_refused() const { return explained_.decision.stopped_at == Step::workflow; }

  bool is_in() const { return std::ranges::count(explained_.decision.jobs, *explained_.job, &JobDecision::job) > 0; }

  const LeftOutJob* left_out() const {
    const auto& all = explained_.decision.left_out;
    const auto found = std::ranges::find(all, explained_.job_name, &LeftOutJob::name);
    return found == all.end() ? nullptr : &*found;
  }

  // Rules of jobs were looked at.
  bool reached_jobs() const {
    const Step step = explained_.decision.stopped_at;
    return step == Step::none || step >= Step::jobs;
  }

  void verdict() {
    const Decision& decision = explained_.decision;
    if (decision.status == Decision::Status::skipped) out_ += "no pipeline: the commit or the push asks to skip it\n";
    if (decision.status == Decision::Status::failed) out_ += "no pipeline: " + printable(decision.message()) + "\n";
    if (job_.empty() && created()) out_ += "there would be a pipeline\n";
    if (!explained_.job || !reached_jobs() || decision.status == Decision::Status::skipped) return;
    if (!explained_.instances.empty()) instances();
    const std::string name = printable(explained_.job_name);
    if (is_in()) {
      const JobDecision& job = *std::ranges::find(decision.jobs, *explained_.job, &JobDecision::job);
      out_ += fmt::format("{} is {} the pipeline, when: {}{}{}\n", name, paint("in", ink::kGood, style_.colour),
                          to_string(job.when), job.allow_failure ? ", it may fail" : "",
                          explained_.rules.empty() && explained_.policies.empty() ? ": it has no rules" : "");
    } else if (const LeftOutJob* job = left_out()) {
      out_ += fmt::format("{} is {} of the pipeline: {}\n", name, paint("left out", ink::kWarning, style_.colour),
                          to_string(job->reason));
    } else if (created()) {
      out_ += fmt::format("{} is {} of the pipeline: a chat command runs the job of its name only\n", name,
                          paint("left out", ink::kWarning, style_.colour));
    } else {
      out_ += fmt::format("{} would be in the pipeline\n", name);
    }
  }

  void instances() {
    std::vector<std::string> in;
    std::vector<std::string> out;
    for (const ExplainedInstance& one : explained_.instances)
      (one.in_pipeline ? in : out).push_back(printable(one.name));
    out_ += fmt::format("{} runs as {} instances\n", printable(job_), explained_.instances.size());
    if (!in.empty())
      out_ +=
          fmt::format("in the pipeline: {}\n", report::one_line(fmt::format("{}", fmt::join(in, ", ")), kListColumns));
    if (!out.empty())
      out_ += fmt::format("left out: {}\n", report::one_line(fmt::format("{}", fmt::join(out, ", ")), kListColumns));
    out_ += '\n';
  }

  void rules(const std::string& whose, const std::vector<ExplainedRule>& all) {
    if (all.empty()) return;
    out_ += fmt::format("\nrules of {}:\n", whose);
    for (const ExplainedRule& rule : all) one(rule, "  ");
  }

  // Where the workflow lets the pipeline be, the rule that does is enough to know about a job.
  void workflow_rule() {
    const auto decided = std::ranges::find(explained_.workflow, true, &ExplainedRule::matched);
    if (decided != explained_.workflow.end()) out_ += "workflow: " + head(*decided) + "\n";
  }

  // `rule 2 (file:line:column), if: condition -> when`
  std::string head(const ExplainedRule& rule) const {
    const std::string text = report::DecisionWords(files_, style_.paths).rule(rule.rule);
    return rule.matched ? fmt::format("{} -> {}", text, to_string(rule.when)) : text;
  }

  std::string mark(bool held) const {
    return held ? paint("yes", ink::kGood, style_.colour) : paint("no ", ink::kDim, style_.colour);
  }

  void one(const ExplainedRule& rule, const std::string& indent) {
    const std::string seen = !rule.error.empty() ? "!  " : rule.reached ? mark(rule.matched) : "-  ";
    out_ += fmt::format("{}{} {}{}\n", indent, seen, head(rule), rule.reached ? "" : ": not reached");
    if (!rule.reached) return;
    const std::string inner = indent + "      ";
    if (const std::string as_written = written(rule); !as_written.empty())
      out_ += fmt::format("{}inputs were filled in: {}\n", inner, as_written);
    if (!rule.error.empty()) {
      out_ += fmt::format("{}GitLab: {}\n", inner, printable(rule.error));
      return;
    }
    for (const ConditionPart& part : rule.parts)
      out_ += fmt::format("{}{} {}\n", inner, mark(part.held), shown(part.text));
    variables(rule.read, inner);
    if (rule.changes) compared("changes", *rule.changes, inner);
    if (rule.exists) compared("exists", *rule.exists, inner);
  }

  // The rule as it stands in its file, where inputs were filled in; else empty.
  std::string written(const ExplainedRule& rule) const {
    if (!report::has_place(files_, rule.rule.span)) return {};
    const Span span = rule.rule.span;
    const std::string_view text = files_.text(span.file).substr(span.begin, span.end - span.begin);
    return text.find("$[[") == std::string_view::npos ? std::string() : shown(text);
  }

  void variables(const std::vector<ReadVariable>& read, const std::string& indent) {
    for (const ReadVariable& variable : read) {
      if (!variable.value) {
        out_ += fmt::format("{}${} is not defined\n", indent, variable.name);
        continue;
      }
      out_ += fmt::format("{}${} = \"{}\" ({}{}{})\n", indent, variable.name, shown(*variable.value), variable.level,
                          variable.overrides.empty() ? "" : ", overrides ", variable.overrides);
    }
  }

  void compared(std::string_view keyword, const ExplainedPaths& paths, const std::string& indent) {
    out_ += fmt::format("{}{} {}: {}\n", indent, mark(paths.held), keyword, what_compared(paths));
  }

  std::string what_compared(const ExplainedPaths& paths) const {
    if (paths.with == ComparedWith::nothing)
      return "there is nothing to compare with (a new branch, a tag, or a source that compares nothing), so that it "
             "holds";
    if (paths.with == ComparedWith::unknown) {
      return paths.held ? "the changed files are not known, so that it holds"
                        : "the files of the repository are not known, so that it does not hold";
    }
    const std::string among = among_what(paths);
    if (!paths.held)
      return fmt::format("none of {} matches {}", shown(fmt::format("{}", fmt::join(paths.patterns, ", "))), among);
    if (paths.path.empty()) return fmt::format("there is too much to compare, which counts as a match with {}", among);
    return fmt::format("{} matches {}, {}", shown(paths.pattern), shown(paths.path), among);
  }

  static std::string among_what(const ExplainedPaths& paths) {
    switch (paths.with) {
      case ComparedWith::ref: return "what differs from " + shown(paths.other);
      case ComparedWith::tree: return "a file of the repository";
      case ComparedWith::project: return "a file of " + shown(paths.other);
      default: return "a changed file";
    }
  }

  void policies() {
    out_ += fmt::format("\n{} has no rules; only and except decide:\n", printable(explained_.job_name));
    for (const ExplainedPolicy& policy : explained_.policies) {
      out_ += fmt::format("  {} {}{}\n", mark(policy.allows), policy.except ? "except" : "only",
                          policy.by_default ? ", by default branches and tags" : "");
      for (const ExplainedClause& one : policy.clauses) clause(one);
      variables(policy.read, "        ");
    }
  }

  void clause(const ExplainedClause& clause) {
    out_ += fmt::format("        {} {}", mark(clause.held), clause.name);
    if (!clause.matched.empty()) {
      out_ += ": " + shown(clause.matched);
    } else if (!clause.all.empty()) {
      const std::string all = shown(fmt::format("{}", fmt::join(clause.all, ", ")));
      out_ += clause.held ? fmt::format(": {}; there is nothing to compare with", all) : ": none of " + all;
    }
    if (!clause.path.empty()) out_ += " matches " + shown(clause.path);
    out_ += '\n';
  }

  void include_rules() {
    if (includes_.empty()) return;
    out_ += "\nincludes with rules:\n";
    for (const ExplainedInclude& include : includes_) {
      out_ += fmt::format("  {} {} ({})\n", mark(include.included), shown(include.location),
                          report::place(files_, include.place, style_.paths));
      for (const ExplainedRule& rule : include.rules) one(rule, "      ");
      if (include.way_in) out_ += "      it would be included by " + render(*include.way_in) + "\n";
    }
  }

  void left_out_includes() {
    std::vector<std::string> names;
    for (const ExplainedInclude& include : includes_) {
      if (!include.included) names.push_back(shown(include.location));
    }
    if (!names.empty())
      out_ += fmt::format("\nnot included: {} (`willrun explain` without a job says why)\n", fmt::join(names, ", "));
  }

  bool filled_in() const {
    const auto by_inputs = [&](const ExplainedRule& rule) { return !written(rule).empty(); };
    return std::ranges::any_of(explained_.rules, by_inputs) || std::ranges::any_of(explained_.workflow, by_inputs);
  }

  // What would have to differ, and where nothing would.
  void advice() {
    const bool of_job = explained_.job && !workflow_refused();
    if (of_job ? !reached_jobs() || is_in() || !left_out() : !workflow_refused()) return;
    out_ += '\n';
    if (explained_.way_in) {
      out_ +=
          fmt::format("{} by {}\n", of_job ? "it would run" : "there would be a pipeline", render(*explained_.way_in));
    } else if (!of_job || !explained_.rules.empty()) {
      out_ += fmt::format("no change of three variables or paths {}{}\n", of_job ? "lets it run" : "makes one",
                          filled_in() ? "; other inputs may" : "");
    }
    if (explained_.usual.empty()) {
      out_ += fmt::format("no usual way to start a pipeline {}{}\n", of_job ? "runs it" : "makes one",
                          filled_in() ? " with these inputs" : "");
    } else {
      out_ += fmt::format("{} for: {}\n", of_job ? "it would run" : "there would be one",
                          printable(fmt::format("{}", fmt::join(explained_.usual, ", "))));
    }
  }

  const Explanation& explained_;
  std::span<const ExplainedInclude> includes_;
  std::string_view job_;
  const SourceFiles& files_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string render(const WayIn& way) {
  std::vector<std::string> differences;
  for (const std::string& one : way.differences) differences.push_back(shown(one));
  return fmt::format("rule {} if {}", way.rule + 1, fmt::join(differences, ", and "));
}

std::string render(const Explanation& explanation, std::span<const ExplainedInclude> includes, std::string_view job,
                   const SourceFiles& files, const TextStyle& style) {
  return ExplanationPrinter(explanation, includes, job, files, style).print();
}

}  // namespace willrun
