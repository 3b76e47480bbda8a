#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include <willrun/report.hpp>

#include "report/fold.hpp"
#include "report/paint.hpp"
#include "report/place.hpp"
#include "report/plural.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

constexpr std::uint32_t kMostConditionColumns = 100;
constexpr std::size_t kGap = 2;  // columns between two cells of a table

// Rows of texts under a heading, columns as wide as their widest text; the last one runs free.
template <std::size_t N>
class Table {
 public:
  explicit Table(std::array<std::string, N> heading) : rows_{std::move(heading)} {}

  void add(std::array<std::string, N> row) { rows_.push_back(std::move(row)); }

  std::string print(bool colour) const {
    std::string out;
    for (const auto& row : rows_) {
      const std::string line = print_row(row);
      out += (&row == &rows_.front() ? paint(line, ink::kDim, colour) : line) + "\n";
    }
    return out;
  }

 private:
  std::string print_row(const std::array<std::string, N>& row) const {
    std::string line;
    for (std::size_t column = 0; column + 1 < N; ++column) {
      line += row[column];
      line.append(width(column) - columns(row[column]) + kGap, ' ');
    }
    return line + row[N - 1];
  }

  std::size_t width(std::size_t column) const {
    std::size_t widest = 0;
    for (const auto& row : rows_) widest = std::max<std::size_t>(widest, columns(row[column]));
    return widest;
  }

  std::vector<std::array<std::string, N>> rows_;
};

class Printer {
 public:
  Printer(const Decision& decision, const SourceFiles& files, const TextStyle& style)
      : decision_(decision), files_(files), style_(style) {}

  std::string print() {
    status();
    if (!decision_.jobs.empty()) jobs();
    if (!decision_.left_out.empty()) left_out();
    return std::move(out_);
  }

 private:
  void status() {
    switch (decision_.status) {
      case Decision::Status::created: created(); break;
      case Decision::Status::skipped: out_ += "status: " + paint("skipped", ink::kWarning, style_.colour) + "\n"; break;
      case Decision::Status::failed: failed(); break;
    }
    for (const std::string& text : decision_.warnings) message("warning", ink::kWarning, text);
    if (!decision_.shown_name.empty()) out_.append("name: ").append(printable(decision_.shown_name)).append("\n");
    if (decision_.workflow_rule) out_ += "workflow: " + rule(*decision_.workflow_rule) + "\n";
  }

  void created() {
    out_ += fmt::format("status: {}, {} in {}\n", paint("created", ink::kGood, style_.colour),
                        plural(decision_.jobs.size(), "job"), plural(decision_.stages.size(), "stage"));
  }

  void failed() {
    out_ += "status: " + paint("not created", ink::kError, style_.colour);
    if (!decision_.failure_reason.empty()) out_ += fmt::format(" ({})", decision_.failure_reason);
    out_ += "\n";
    for (const std::string& text : decision_.errors) message("GitLab", ink::kError, text);
  }

  void message(std::string_view name, std::string_view ink, std::string_view text) {
    const auto head = static_cast<std::uint32_t>(name.size() + 2);
    out_ += fold(paint(name, ink, style_.colour) + ": ", head, text, head, style_.width) + "\n";
  }

  // `rule 2 (file:line:column), if: condition`; the number counts from 1, as people do.
  std::string rule(const DecidingRule& decided) const {
    std::string out = fmt::format("rule {}", decided.index + 1);
    const std::string at = place(files_, decided.span, style_.paths);
    if (!at.empty()) out += fmt::format(" ({})", at);
    if (!decided.condition.empty()) out += ", if: " + one_line(decided.condition, kMostConditionColumns);
    return out;
  }

  void jobs() {
    Table<5> table({"STAGE", "JOB", "WHEN", "ALLOW FAILURE", "DECIDED BY"});
    for (const JobDecision& job : decision_.jobs) {
      std::string when(to_string(job.when));
      if (!job.start_in.empty()) when += " by " + printable(job.start_in);
      table.add({printable(job.stage), printable(job.name), when, job.allow_failure ? "yes" : "no",
                 job.rule ? rule(*job.rule) : "no rules: always in"});
    }
    out_ += '\n';
    out_ += table.print(style_.colour);
  }

  void left_out() {
    Table<3> table({"LEFT OUT", "STAGE", "WHY"});
    for (const LeftOutJob& job : decision_.left_out) table.add({printable(job.name), printable(job.stage), why(job)});
    out_ += '\n';
    out_ += table.print(style_.colour);
  }

  std::string why(const LeftOutJob& job) const {
    const std::string at = place(files_, job.span, style_.paths);
    switch (job.reason) {
      case LeftOut::no_rule_matched: return fmt::format("none of its rules matched ({})", at);
      case LeftOut::rule_says_never: return job.rule ? "never, by " + rule(*job.rule) : "a rule says never";
      case LeftOut::not_for_this_ref: break;
    }
    return fmt::format("without rules a job runs for branches and tags only ({})", at);
  }

  const Decision& decision_;
  const SourceFiles& files_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string render(const Decision& decision, const SourceFiles& files, const TextStyle& style) {
  return Printer(decision, files, style).print();
}

}  // namespace willrun
