#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include <willrun/report.hpp>

#include "report/excerpt.hpp"
#include "report/fold.hpp"
#include "report/paint.hpp"
#include "report/place.hpp"
#include "report/printable.hpp"

namespace willrun {

namespace {

using namespace report;

constexpr std::uint32_t kColumnsUnfolded = 160;
constexpr std::uint32_t kFewestColumns = 40;

// One marked place of a diagnostic.
struct Mark {
  Span span;
  std::uint32_t line = 0;
  std::string_view text;
  bool primary = false;
};

// Prints one diagnostic. Places of the primary's file come first, then the labels' other files in their order; inside a
// file marks go down the lines.
class DiagnosticPrinter {
 public:
  DiagnosticPrinter(const Diagnostic& diagnostic, const SourceFiles& files, const TextStyle& style)
      : diagnostic_(diagnostic), files_(files), style_(style) {}

  std::string print() {
    headline();
    collect();
    if (!marks_.empty()) snippets();
    if (style_.gitlab_texts && diagnostic_.gitlab_text != diagnostic_.message) note("GitLab", diagnostic_.gitlab_text);
    note("help", diagnostic_.help);
    return std::move(out_);
  }

 private:
  std::string_view ink() const { return ink_of(diagnostic_.severity); }

  void headline() {
    const std::string head =
        fmt::format("{}[{} {}]", to_string(diagnostic_.severity), diagnostic_.code, diagnostic_.name);
    const std::string painted = paint(head, ink(), style_.colour) + ": ";
    out_ = fold(painted, columns(head) + 2, diagnostic_.message, kIndent, style_.width) + "\n";
  }

  void collect() {
    add(diagnostic_.span, {}, true);
    for (const Label& label : diagnostic_.labels) add(label.span, label.text, false);
    std::stable_sort(marks_.begin(), marks_.end(), [this](const Mark& a, const Mark& b) {
      const bool a_elsewhere = a.span.file != diagnostic_.span.file;
      const bool b_elsewhere = b.span.file != diagnostic_.span.file;
      if (a_elsewhere || b_elsewhere) return a_elsewhere < b_elsewhere;
      return a.line < b.line;
    });
    std::uint32_t last = 1;
    for (const Mark& mark : marks_) last = std::max(last, mark.line);
    gutter_ = static_cast<std::uint32_t>(fmt::formatted_size("{}", last));
  }

  void add(Span span, std::string_view text, bool primary) {
    if (!has_place(files_, span)) return;
    marks_.push_back({span, files_.locate(span.file, span.begin).line, text, primary});
  }

  void snippets() {
    const Mark* before = nullptr;
    for (const Mark& mark : marks_) {
      if (before == nullptr || before->span.file != mark.span.file) {
        file_row(mark);
        bar_row();
        source_row(mark);
      } else if (mark.line != before->line) {
        if (mark.line > before->line + 1) out_ += paint("...", ink::kGutter, style_.colour) + "\n";
        source_row(mark);
      }
      mark_row(mark);
      before = &mark;
    }
  }

  // The primary's own place stands on its file's row, even where a label is printed above it.
  void file_row(const Mark& mark) {
    const bool own = mark.span.file == diagnostic_.span.file && has_place(files_, diagnostic_.span);
    const Span at = own ? diagnostic_.span : mark.span;
    out_ += std::string(gutter_, ' ') + paint(own ? "-->" : ":::", ink::kGutter, style_.colour) + " " +
            place(files_, at, style_.paths) + "\n";
  }

  void bar_row() { out_ += std::string(gutter_ + 1, ' ') + paint("|", ink::kGutter, style_.colour) + "\n"; }

  Excerpt excerpt_of(const Mark& mark) const {
    const std::uint32_t start = files_.line_start(mark.span.file, mark.line);
    const std::uint32_t wide = style_.width == 0 ? kColumnsUnfolded : std::max(style_.width, kFewestColumns);
    return excerpt(files_.line(mark.span.file, mark.line), mark.span.begin - start, mark.span.end - start,
                   wide - gutter_ - 3);
  }

  void source_row(const Mark& mark) {
    const std::string number = fmt::format("{:>{}} |", mark.line, gutter_);
    const std::string source = excerpt_of(mark).source;
    out_ += paint(number, ink::kGutter, style_.colour) + (source.empty() ? "" : " ") + source + "\n";
  }

  void mark_row(const Mark& mark) {
    const Excerpt shown = excerpt_of(mark);
    std::string marks(shown.mark_columns, mark.primary ? '~' : '-');
    if (mark.primary) marks.front() = '^';
    if (!mark.text.empty()) marks.append(" ").append(printable(mark.text));
    out_ += std::string(gutter_ + 1, ' ') + paint("|", ink::kGutter, style_.colour) + " " +
            std::string(shown.mark_begin, ' ') + paint(marks, mark.primary ? ink() : ink::kGutter, style_.colour) +
            "\n";
  }

  void note(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    const std::string head = fmt::format("{}= {}: ", std::string(gutter_ + 1, ' '), name);
    const std::string painted =
        fmt::format("{}{} {}: ", std::string(gutter_ + 1, ' '), paint("=", ink::kGutter, style_.colour),
                    paint(name, ink::kBold, style_.colour));
    const std::uint32_t indent = columns(head);
    out_ += fold(painted, indent, text, indent, style_.width) + "\n";
  }

  static constexpr std::uint32_t kIndent = 4;

  const Diagnostic& diagnostic_;
  const SourceFiles& files_;
  const TextStyle& style_;
  std::vector<Mark> marks_;
  std::uint32_t gutter_ = 1;  // columns of the widest line number
  std::string out_;
};

bool stands_before(const Diagnostic& a, const Diagnostic& b) {
  if (a.span.file != b.span.file) return a.span.file < b.span.file;
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  return a.severity > b.severity;
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const SourceFiles& files, const TextStyle& style) {
  return DiagnosticPrinter(diagnostic, files, style).print();
}

std::string render(std::span<const Diagnostic> diagnostics, const SourceFiles& files, const TextStyle& style) {
  std::vector<std::uint32_t> order(diagnostics.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return stands_before(diagnostics[a], diagnostics[b]); });
  std::string out;
  for (const std::uint32_t index : order) {
    if (!out.empty()) out += '\n';
    out += render(diagnostics[index], files, style);
  }
  return out;
}

}  // namespace willrun
