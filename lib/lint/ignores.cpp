#include "lint/ignores.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "diag/codes.hpp"

namespace willrun::lint {

namespace {

constexpr std::string_view kMark = "# willrun:";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kBlanks = " \t";

// A part of a line, by bytes.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view of(std::string_view line) const { return line.substr(begin, end - begin); }
};

// `# willrun: ignore` and what it names, before the reason.
struct Comment {
  Part mark;
  std::vector<Part> kinds;  // none: all
};

Part word_at(std::string_view line, std::size_t from) {
  const std::size_t begin = std::min(line.find_first_not_of(kBlanks, from), line.size());
  return {begin, std::min(line.find_first_of(kBlanks, begin), line.size())};
}

bool looks_like_code(std::string_view word) {
  return word.size() == 5 && word.starts_with("WR") &&
         word.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

const diag::CodeRow* kind_of(std::string_view word) {
  const auto rows = diag::all_codes();
  const auto found =
      std::ranges::find_if(rows, [&](const diag::CodeRow& row) { return row.id == word || row.name == word; });
  return found == rows.end() ? nullptr : &*found;
}

std::optional<Comment> comment_of(std::string_view line) {
  Comment comment;
  comment.mark.begin = line.find(kMark);
  if (comment.mark.begin == std::string_view::npos) return std::nullopt;
  const Part verb = word_at(line, comment.mark.begin + kMark.size());
  if (!verb.of(line).starts_with(kIgnore)) return std::nullopt;
  comment.mark.end = verb.begin + kIgnore.size();
  for (Part word = word_at(line, comment.mark.end); word.begin < line.size(); word = word_at(line, word.end)) {
    Part kind = word;
    if (kind.of(line).ends_with(',')) --kind.end;
    if (kind_of(kind.of(line)) == nullptr && !looks_like_code(kind.of(line))) break;
    comment.kinds.push_back(kind);
  }
  return comment;
}

bool is_alone(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kBlanks);
  return first != std::string_view::npos && line[first] == '#';
}

// Inside a text: part of a script, say, and no comment of YAML.
bool is_in_text(const yaml::Tree& tree, FileId file, std::uint32_t offset) {
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const auto node = static_cast<yaml::NodeId>(i);
    const Span span = tree.span(node);
    if (tree.is_string(node) && span.file == file && span.begin <= offset && offset < span.end) return true;
  }
  return false;
}

Diagnostic in_vain(Span span, std::string_view word) {
  std::string why = "no check finds anything here";
  if (!word.empty() && kind_of(word) == nullptr) why = fmt::format("there is no {}", word);
  if (!word.empty() && kind_of(word) != nullptr) why = fmt::format("{} finds nothing here", word);
  Diagnostic made = diag::make(diag::Code::ignore_unused, span, fmt::format("the comment silences nothing: {}", why));
  made.help = "take it away, so that it does not hide what comes later";
  return made;
}

}  // namespace

bool Ignores::silences(FileId file, std::uint32_t line, const Diagnostic& diagnostic) {
  const std::string_view text = files_.line(file, line);
  const auto comment = comment_of(text);
  if (!comment) return false;
  const std::uint32_t start = files_.line_start(file, line);
  const auto use = [&](const Part& part) { used_.emplace(file, start + static_cast<std::uint32_t>(part.begin)); };
  if (comment->kinds.empty()) use(comment->mark);
  bool any = comment->kinds.empty();
  for (const Part& kind : comment->kinds) {
    const std::string_view word = kind.of(text);
    if (word != diagnostic.code && word != diagnostic.name) continue;
    use(kind);
    any = true;
  }
  return any;
}

bool Ignores::silence(const Diagnostic& diagnostic) {
  const FileId file = diagnostic.span.file;
  const std::uint32_t line = files_.locate(file, diagnostic.span.begin).line;
  if (silences(file, line, diagnostic)) return true;
  return line > 1 && is_alone(files_.line(file, line - 1)) && silences(file, line - 1, diagnostic);
}

bool Ignores::any(FileId file) const { return files_.text(file).find(kMark) != std::string_view::npos; }

std::vector<Diagnostic> Ignores::unused(FileId file, const yaml::Tree& tree) const {
  std::vector<Diagnostic> found;
  const std::string_view text = files_.text(file);
  for (std::size_t at = text.find(kMark); at != std::string_view::npos; at = text.find(kMark, at + kMark.size())) {
    const auto offset = static_cast<std::uint32_t>(at);
    const std::uint32_t number = files_.locate(file, offset).line;
    const std::uint32_t start = files_.line_start(file, number);
    const std::string_view line = files_.line(file, number);
    const auto comment = comment_of(line);
    if (!comment || comment->mark.begin + start != at || is_in_text(tree, file, offset)) continue;
    const auto add = [&](const Part& part, std::string_view word) {
      const Span span{file, start + static_cast<std::uint32_t>(part.begin),
                      start + static_cast<std::uint32_t>(part.end)};
      if (!used_.contains({file, span.begin})) found.push_back(in_vain(span, word));
    };
    if (comment->kinds.empty()) add(comment->mark, {});
    for (const Part& kind : comment->kinds) add(kind, kind.of(line));
  }
  return found;
}

}  // namespace willrun::lint
