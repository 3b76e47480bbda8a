#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include <willrun/report.hpp>

#include "report/decision_words.hpp"
#include "report/fold.hpp"
#include "report/paint.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

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

class DecisionPrinter {
 public:
  DecisionPrinter(const Decision& decision, const SourceFiles& files, const TextStyle& style)
      : decision_(decision), words_(files, style.paths), style_(style) {}

  std::string print() {
    status();
    if (!decision_.jobs.empty()) jobs();
    if (!decision_.left_out.empty()) left_out();
    return std::move(out_);
  }

 private:
  void status() {
    const std::string_view word = status_word(decision_.status);
    out_ += "status: " + paint(word, status_ink(), style_.colour) + status_rest(decision_) + "\n";
    for (const std::string& text : decision_.errors) message("GitLab", ink::kError, text);
    for (const std::string& text : decision_.warnings) message("warning", ink::kWarning, text);
    if (!decision_.shown_name.empty()) out_.append("name: ").append(printable(decision_.shown_name)).append("\n");
    if (decision_.workflow_rule) out_ += "workflow: " + words_.rule(*decision_.workflow_rule) + "\n";
  }

  std::string_view status_ink() const {
    switch (decision_.status) {
      case Decision::Status::created: return ink::kGood;
      case Decision::Status::skipped: return ink::kWarning;
      case Decision::Status::failed: break;
    }
    return ink::kError;
  }

  void message(std::string_view name, std::string_view ink, std::string_view text) {
    const auto head = static_cast<std::uint32_t>(name.size() + 2);
    out_ += fold(paint(name, ink, style_.colour) + ": ", head, text, head, style_.width) + "\n";
  }

  void jobs() {
    Table<5> table({"STAGE", "JOB", "WHEN", "ALLOW FAILURE", "DECIDED BY"});
    for (const JobDecision& job : decision_.jobs) {
      table.add({printable(job.stage), printable(job.name), when_words(job.when, job.start_in),
                 job.allow_failure ? "yes" : "no", words_.why(job)});
    }
    out_ += '\n';
    out_ += table.print(style_.colour);
  }

  void left_out() {
    Table<3> table({"LEFT OUT", "STAGE", "WHY"});
    for (const LeftOutJob& job : decision_.left_out)
      table.add({printable(job.name), printable(job.stage), words_.why(job)});
    out_ += '\n';
    out_ += table.print(style_.colour);
  }

  const Decision& decision_;
  DecisionWords words_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string render(const Decision& decision, const SourceFiles& files, const TextStyle& style) {
  return DecisionPrinter(decision, files, style).print();
}

}  // namespace willrun
