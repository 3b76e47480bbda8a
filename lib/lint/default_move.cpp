#include "lint/default_move.hpp"

#include <algorithm>

namespace willrun::lint {

namespace {

// The lines of an entry, line breaks included: without comments above it, and without blank lines and comments at the
// left margin behind it, which belong to the next one.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

std::size_t line_begin_before(std::string_view text, std::size_t at) {
  const std::size_t found = at < 2 ? std::string_view::npos : text.rfind('\n', at - 2);
  return found == std::string_view::npos ? 0 : found + 1;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool is_apart(std::string_view line) { return is_blank(line) || line.starts_with('#'); }

// A word behind `&` or `*` at the start of a value. Some globs and shell words look like one too.
bool may_have_anchor(std::string_view text) {
  for (std::size_t at = text.find_first_of("&*"); at != std::string_view::npos; at = text.find_first_of("&*", at + 1)) {
    const char before = at == 0 ? '\n' : text[at - 1];
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool starts = std::string_view(" \t\n[,{").find(before) != std::string_view::npos;
    if (starts && std::string_view(" \t\r\n&*").find(after) == std::string_view::npos) return true;
  }
  return false;
}

bool refers_to(const yaml::Tree& tree, yaml::NodeId node, std::span<const std::string_view> names) {
  if (tree.kind(node) == ValueKind::reference) {
    const auto target = tree.items(node);
    const auto path = target.empty() ? target : tree.items(target.front());
    return !path.empty() && std::ranges::count(names, tree.text(path.front())) > 0;
  }
  const auto refers = [&](yaml::NodeId below) { return refers_to(tree, below, names); };
  if (std::ranges::any_of(tree.items(node), refers)) return true;
  return std::ranges::any_of(tree.entries(node), [&](const yaml::Entry& entry) { return refers(entry.value); });
}

class Move {
 public:
  Move(const Subject& subject, std::span<const std::string_view> names)
      : tree_(subject.tree), file_(tree_.span(subject.content).file), text_(subject.files.text(file_)) {
    const auto entries = tree_.entries(subject.content);
    for (std::size_t i = 0; i < entries.size() && sound_; ++i) {
      const bool moves = std::ranges::count(names, tree_.text(entries[i].key)) > 0;
      const std::size_t next = i + 1 < entries.size() ? tree_.span(entries[i + 1].key).begin : text_.size();
      take(tree_.span(entries[i].key), next, moves);
    }
  }

  std::optional<Fix> fix() const {
    if (!sound_ || pieces_.empty()) return std::nullopt;
    const std::string_view line_break = text_.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
    std::string moved = "default:";
    std::string rest;
    std::size_t at = pieces_.front().begin;
    moved += line_break;
    for (const Piece& piece : pieces_) {
      rest.append(text_.substr(at, piece.begin - at));
      if (&piece != &pieces_.front() && is_stuck(piece, at)) return std::nullopt;
      append_indented(moved, text_.substr(piece.begin, piece.end - piece.begin));
      at = piece.end;
    }
    if (!moved.ends_with('\n')) moved += line_break;
    const auto begin = static_cast<std::uint32_t>(pieces_.front().begin);
    return Fix{{file_, begin, static_cast<std::uint32_t>(at)}, moved + rest};
  }

 private:
  // Whether a piece passes others on its way and says something that may depend on them.
  bool is_stuck(const Piece& piece, std::size_t before) const {
    const bool passes = !is_blank(text_.substr(before, piece.begin - before));
    const std::string_view lines = text_.substr(piece.begin, piece.end - piece.begin);
    const bool keeps_breaks = lines.find("|+") != std::string_view::npos || lines.find(">+") != std::string_view::npos;
    return keeps_breaks || (passes && may_have_anchor(lines));
  }

  void take(Span key, std::size_t next, bool moves) {
    const bool at_margin = key.begin == 0 || text_[key.begin - 1] == '\n';
    sound_ = key.file == file_ && at_margin && key.begin < next && (next == text_.size() || text_[next - 1] == '\n');
    if (!sound_ || !moves) return;
    Piece piece{key.begin, line_end(text_, key.begin)};
    for (std::size_t at = piece.end; at < next; at = line_end(text_, at)) {
      const std::string_view line = text_.substr(at, line_end(text_, at) - at);
      if (line.starts_with("---") || line.starts_with("...")) break;
      if (!is_apart(line)) piece.end = at + line.size();
    }
    if (!pieces_.empty()) take_comments_above(piece);
    pieces_.push_back(piece);
  }

  void take_comments_above(Piece& piece) const {
    while (piece.begin > pieces_.back().end) {
      const std::size_t above = line_begin_before(text_, piece.begin);
      if (text_[above] != '#') return;
      piece.begin = above;
    }
  }

  static void append_indented(std::string& out, std::string_view lines) {
    for (std::size_t at = 0; at < lines.size(); at = line_end(lines, at)) {
      const std::string_view line = lines.substr(at, line_end(lines, at) - at);
      if (!is_blank(line)) out += "  ";
      out += line;
    }
  }

  const yaml::Tree& tree_;
  FileId file_;
  std::string_view text_;
  std::vector<Piece> pieces_;
  bool sound_ = true;
};

}  // namespace

std::optional<Fix> move_to_default(const Subject& subject, std::span<const std::string_view> names) {
  const bool alone = subject.includes.files.empty() && !subject.text.has_header &&
                     subject.tree.find(subject.content, "default") == yaml::kNoNode;
  if (!alone || refers_to(subject.tree, subject.merged, names)) return std::nullopt;
  return Move(subject, names).fix();
}

}  // namespace willrun::lint
