#include "willrun/all_contexts.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/outcome.hpp>

#include "willrun/messages.hpp"

namespace willrun::cli {

namespace {

// One column: a cell for each job, or why there is no pipeline.
struct Column {
  std::string name;
  std::map<std::string, std::string, std::less<>> cells;
  std::string refusal;  // as outcome() says it
};

void print_table(std::ostream& out, const std::vector<std::string>& jobs, const std::vector<Column>& columns) {
  std::size_t widest = 3;
  for (const std::string& job : jobs) widest = std::max(widest, job.size());
  const auto cell = [&](std::string_view text, std::size_t width, bool last) {
    out << text;
    if (!last) out << std::string(width > text.size() ? width - text.size() + 2 : 2, ' ');
  };
  const auto width_of = [&](const Column& column) {
    std::size_t width = column.name.size();
    for (const auto& [job, text] : column.cells) width = std::max(width, text.size());
    return width;
  };
  const auto row = [&](std::string_view first, const auto& text_of) {
    cell(first, widest, false);
    for (const Column& column : columns) cell(text_of(column), width_of(column), &column == &columns.back());
    out << '\n';
  };
  row("JOB", [](const Column& column) -> std::string_view { return column.name; });
  for (const std::string& job : jobs) {
    row(job, [&](const Column& column) -> std::string_view {
      const auto found = column.cells.find(job);
      return found == column.cells.end() ? std::string_view("-") : std::string_view(found->second);
    });
  }
}

}  // namespace

Exit print_all_contexts(const CommandLine& line, std::string_view path, FileSource& files, const Trigger& trigger,
                        const LoadOptions& options) {
  std::vector<std::string> jobs;
  std::vector<Column> columns;
  bool any = false;
  for (const UsualTrigger& context : usual_triggers(trigger)) {
    show_progress(line, "dry-run: " + context.name);
    const Decision decision = decide(load(path, files, context.trigger, options), context.trigger);
    Column column{context.name, {}, {}};
    if (decision.status != Decision::Status::created) column.refusal = outcome(decision);
    any = any || column.refusal.empty();
    for (const JobDecision& job : decision.jobs) {
      column.cells.emplace(job.name, to_string(job.when));
      if (std::find(jobs.begin(), jobs.end(), job.name) == jobs.end()) jobs.emplace_back(job.name);
    }
    columns.push_back(std::move(column));
  }
  erase_progress(line);
  print_table(line.out, jobs, columns);
  for (const Column& column : columns) {
    if (!column.refusal.empty()) line.out << '\n' << column.name << ": " << column.refusal;
  }
  if (std::any_of(columns.begin(), columns.end(), [](const Column& column) { return !column.refusal.empty(); }))
    line.out << '\n';
  return any ? Exit::ok : Exit::findings;
}

}  // namespace willrun::cli
