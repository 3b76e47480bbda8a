#include "yaml/scalar_map.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/utf8.hpp"

namespace willrun::yaml {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_ascii_break(char c) { return c == '\n' || c == '\r'; }

// Bytes of the line break at `at`, 0 where there is none. NEL, LS and PS count as in YAML 1.1.
std::uint32_t break_size(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\r\n") || rest.starts_with("\xC2\x85")) return 2;
  if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) return 3;
  return !rest.empty() && is_ascii_break(rest.front()) ? 1 : 0;
}

// Bytes of an escape in double quotes, backslash included.
std::uint32_t escape_size(std::string_view text, std::size_t at) {
  const char letter = at + 1 < text.size() ? text[at + 1] : '\0';
  if (letter == 'x') return 4;
  if (letter == 'u') return 6;
  if (letter == 'U') return 10;
  return 2;
}

std::uint32_t hexadecimal(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return value;
}

// Bytes that an escape decodes to.
std::uint32_t escape_value_size(std::string_view escape) {
  if (escape.size() > 2) {
    const std::uint32_t code_point = hexadecimal(escape.substr(2));
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  }
  const char letter = escape[1];
  if (letter == 'N' || letter == '_') return 2;
  return letter == 'L' || letter == 'P' ? 3 : 1;
}

}  // namespace

// Walks over a scalar as written beside its decoded text. The decoded text is the guide: where it holds a space or line
// breaks for a break in the source, folding was at work, whatever the rule that applied.
class ScalarWalk {
 public:
  ScalarWalk(ScalarMap& map, std::string_view source, std::string_view decoded, std::uint32_t base)
      : map_(map), source_(source), decoded_(decoded), base_(base) {}

  void plain() { flow('\0'); }

  void quoted(char quote) {
    at_ = 1;
    source_ = source_.substr(0, source_.size() - 1);
    flow(quote);
  }

  // Lines of a block scalar: the header, then lines from which the indentation was taken.
  void block() {
    at_ = line_end(0);
    at_ += break_size(source_, at_);
    while (done_ < decoded_.size() && at_ < source_.size()) {
      skip_indentation();
      const std::size_t end = line_end(at_);
      copy_while(end);
      at_ = end;
      if (at_ < source_.size()) folded_break();
    }
  }

 private:
  std::size_t line_end(std::size_t from) const {
    while (from < source_.size() && break_size(source_, from) == 0) ++from;
    return from;
  }

  void flow(char quote) {
    while (done_ < decoded_.size() && at_ < source_.size()) {
      if (quote == '"' && source_[at_] == '\\') {
        escape();
      } else if (quote == '\'' && source_.substr(at_, 2) == "''") {
        stand_for(2, 1);
      } else if (starts_fold()) {
        fold();
      } else {
        copy(1);
      }
    }
  }

  void escape() {
    const std::uint32_t line_break = break_size(source_, at_ + 1);
    if (line_break == 0) {
      const std::uint32_t size = escape_size(source_, at_);
      return stand_for(size, escape_value_size(source_.substr(at_, size)));
    }
    at_ += 1 + line_break;  // an escaped break joins its lines; empty lines behind it stay
    const std::size_t begin = at_;
    const std::size_t kept = eat_breaks().bytes;
    from_to(begin, at_, kept);
  }

  struct Breaks {
    std::size_t count = 0;
    std::size_t bytes = 0;        // decoded
    std::size_t first_bytes = 0;  // of them the first break's
  };

  // White space and breaks from here on.
  Breaks eat_breaks() {
    Breaks found;
    while (at_ < source_.size() && (is_blank(source_[at_]) || break_size(source_, at_) > 0)) {
      const std::uint32_t size = break_size(source_, at_);
      const std::size_t bytes = size == 0 ? 0 : size == 3 ? 3 : 1;  // LS and PS stay, the others become "\n"
      if (size > 0 && found.count++ == 0) found.first_bytes = bytes;
      found.bytes += bytes;
      at_ += size == 0 ? 1 : size;
    }
    return found;
  }

  // White space up to a line break, or the break itself.
  bool starts_fold() const {
    std::size_t at = at_;
    while (at < source_.size() && is_blank(source_[at])) ++at;
    return break_size(source_, at) > 0;
  }

  // A break with the white space around it, and empty lines: a space, or the breaks behind the first.
  void fold() {
    const std::size_t begin = at_;
    const Breaks found = eat_breaks();
    const bool stays = found.first_bytes == 3;
    const std::size_t bytes = stays ? found.bytes : found.count == 1 ? 1 : found.bytes - found.first_bytes;
    from_to(begin, at_, bytes);
  }

  // Decoded text starts with the line's own text: what does not match is indentation.
  void skip_indentation() {
    const std::size_t end = line_end(at_);
    std::size_t wanted = done_;
    while (wanted < decoded_.size() && decoded_[wanted] == ' ') ++wanted;
    std::size_t spaces = at_;
    while (spaces < end && source_[spaces] == ' ') ++spaces;
    const std::size_t kept = wanted - done_;
    const std::size_t found = spaces - at_;
    if (spaces == end && !indentation_ && kept == 0) return void(at_ = end);  // a leading empty line
    if (!indentation_) indentation_ = found - std::min(kept, found);
    at_ += std::min(found, *indentation_);
  }

  void copy_while(std::size_t end) {
    std::size_t size = 0;
    while (at_ + size < end && done_ + size < decoded_.size() && source_[at_ + size] == decoded_[done_ + size]) ++size;
    if (size > 0) copy(size);
  }

  // In a folded text a break may have become a space, or nothing where more breaks follow.
  void folded_break() {
    const std::uint32_t size = break_size(source_, at_);
    const bool stands = done_ < decoded_.size() && (decoded_[done_] == ' ' || break_size(decoded_, done_) > 0);
    const bool swallowed = stands && is_swallowed(at_ + size);
    if (stands && !swallowed) {
      stand_for(size, decoded_[done_] == ' ' ? 1 : break_size(decoded_, done_));
    } else {
      at_ += size;
    }
  }

  // Whether the break before `next` vanished: as many breaks follow in the source as the decoded text still has here.
  bool is_swallowed(std::size_t next) const {
    if (decoded_[done_] == ' ') return false;
    std::size_t written = 1;
    for (std::size_t at = next; at < source_.size();) {
      const std::size_t line = at;
      while (at < source_.size() && source_[at] == ' ' && at - line < indentation_.value_or(0)) ++at;
      const std::uint32_t size = at < source_.size() ? break_size(source_, at) : 0;
      if (size == 0) break;
      ++written;
      at += size;
    }
    std::size_t kept = 0;
    for (std::size_t at = done_; at < decoded_.size() && break_size(decoded_, at) > 0; at += break_size(decoded_, at)) {
      ++kept;
    }
    return kept < written;
  }

  // What does not match was decoded in a way that no rule here knows (`!!binary`): then the scalar is one place.
  void copy(std::size_t size) {
    if (source_.substr(at_, size) == decoded_.substr(done_, size)) return add(at_, size, size, true);
    map_.runs_.clear();
    done_ = decoded_.size();
  }
  void stand_for(std::size_t source_bytes, std::size_t decoded_bytes) { add(at_, source_bytes, decoded_bytes, false); }
  void from_to(std::size_t begin, std::size_t end, std::size_t decoded_bytes) {
    at_ = begin;
    add(begin, end - begin, decoded_bytes, false);
  }

  void add(std::size_t begin, std::size_t source_bytes, std::size_t decoded_bytes, bool is_copied) {
    const auto file = base_ + static_cast<std::uint32_t>(begin);
    auto& runs = map_.runs_;
    const bool continues =
        is_copied && !runs.empty() && runs.back().is_copied && runs.back().file + runs.back().size == file;
    if (continues) {
      runs.back().size += static_cast<std::uint32_t>(source_bytes);
    } else if (decoded_bytes > 0) {
      runs.push_back({static_cast<std::uint32_t>(done_), file, static_cast<std::uint32_t>(source_bytes), is_copied});
    }
    at_ = begin + source_bytes;
    done_ += decoded_bytes;
  }

  ScalarMap& map_;
  std::string_view source_;
  std::string_view decoded_;
  std::uint32_t base_;
  std::size_t at_ = 0;    // in the source
  std::size_t done_ = 0;  // in the decoded text
  std::optional<std::size_t> indentation_;
};

ScalarMap::ScalarMap(const Tree& tree, NodeId scalar, const SourceFiles& files) {
  const Node& node = tree[scalar];
  file_ = node.file;
  begin_ = node.begin;
  end_ = node.end;
  length_ = node.size;
  if ((node.kind != ValueKind::string && node.kind != ValueKind::symbol) || node.style == Style::computed) return;
  if (node.size == 0) return;
  const std::string_view source = files.text(tree.span(scalar));
  const std::less_equal<const char*> at_most;
  const bool is_slice =
      at_most(source.data(), node.text) && at_most(node.text + node.size, source.data() + source.size());
  if (is_slice) {
    const auto offset = static_cast<std::uint32_t>(node.text - source.data());
    runs_.push_back({0, begin_ + offset, node.size, true});
    return;
  }
  ScalarWalk walk(*this, source, tree.text(scalar), node.begin);
  switch (node.style) {
    case Style::plain: walk.plain(); break;
    case Style::single_quoted: walk.quoted('\''); break;
    case Style::double_quoted: walk.quoted('"'); break;
    case Style::literal:
    case Style::folded: walk.block(); break;
    default: return;
  }
}

const ScalarMap::Run* ScalarMap::run_of(std::size_t decoded) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), decoded,
                                      [](std::size_t offset, const Run& run) { return offset < run.decoded; });
  return after == runs_.begin() ? nullptr : &*(after - 1);
}

std::uint32_t ScalarMap::file_offset(std::size_t decoded) const {
  const Run* run = run_of(decoded);
  if (run == nullptr) return begin_;
  if (decoded >= length_) return run->file + run->size;
  if (!run->is_copied) return run->file;
  return run->file + std::min(static_cast<std::uint32_t>(decoded) - run->decoded, run->size);
}

Span ScalarMap::span(std::size_t begin, std::size_t end) const {
  if (runs_.empty()) return {file_, begin_, end_};
  const std::uint32_t first = file_offset(begin);
  if (end <= begin) return {file_, first, first};
  const Run* last = run_of(end - 1);
  const bool is_whole = last == nullptr || !last->is_copied;
  const std::uint32_t behind =
      is_whole ? (last == nullptr ? first : last->file + last->size) : file_offset(end - 1) + 1;
  return {file_, first, std::max(first, behind)};
}

}  // namespace willrun::yaml
