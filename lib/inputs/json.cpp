#include "inputs/json.hpp"

#include <unordered_map>

#include "base/utf8.hpp"
#include "inputs/json_number.hpp"
#include "ruby/print.hpp"

namespace willrun::inputs {

namespace {

using yaml::kNoNode;
using yaml::NodeId;

// What may come next. Of a list or map that is open: its first or a later item, or what follows an item.
enum class Expect : std::uint8_t { value, item_or_end, item, comma_or_end, key_or_end, key, colon };

struct Open {
  bool is_map = false;
  std::size_t first = 0;  // in the reader's items (lists) or entries (maps)
  Expect expect = Expect::value;
};

class Reader {
 public:
  Reader(yaml::Tree& tree, std::string_view text, Span span, const Limits& limits)
      // Oj works on a C string.
      : tree_(tree), text_(text.substr(0, text.find('\0'))), span_(span), limits_(limits) {}

  std::optional<NodeId> read() {
    while (root_ == kNoNode || !open_.empty()) {
      if (!skip_blanks() || offset_ == text_.size() || !step(text_[offset_])) return std::nullopt;
    }
    while (offset_ < text_.size() && is_space(text_[offset_])) ++offset_;
    if (offset_ < text_.size()) return std::nullopt;
    return root_;
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

  Expect expected() const { return open_.empty() ? Expect::value : open_.back().expect; }

  bool takes_value() const {
    const Expect expect = expected();
    return expect == Expect::value || expect == Expect::item || expect == Expect::item_or_end;
  }

  bool step(char c) {
    const Expect expect = expected();
    if (c == ',' && expect == Expect::comma_or_end) return after(open_.back().is_map ? Expect::key : Expect::item);
    if (c == ':' && expect == Expect::colon) return after(Expect::value);
    if (c == '"' && (expect == Expect::key || expect == Expect::key_or_end)) return key();
    const bool may_end =
        expect == Expect::comma_or_end || expect == Expect::item_or_end || expect == Expect::key_or_end;
    if (may_end && c == (open_.back().is_map ? '}' : ']')) return close();
    return takes_value() && value(c);
  }

  bool after(Expect expect) {
    ++offset_;
    open_.back().expect = expect;
    return true;
  }

  bool value(char c) {
    if (c == '[' || c == '{') return open(c == '{');
    if (c == '"') {
      const std::optional<std::string_view> text = string();
      return text && put(tree_.add_scalar(ValueKind::string, *text, span_, yaml::Style::computed));
    }
    if (word("true")) return put(tree_.add_boolean(true, span_));
    if (word("false")) return put(tree_.add_boolean(false, span_));
    if (word("null")) return put(tree_.add_scalar(ValueKind::null, {}, span_, yaml::Style::computed));
    const bool may_be_number = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'I' || c == 'N' || c == 'n';
    return may_be_number && number();
  }

  bool word(std::string_view word) {
    if (!text_.substr(offset_).starts_with(word)) return false;
    offset_ += word.size();
    return true;
  }

  bool number() {
    const std::optional<JsonNumber> number = scan_json_number(text_.substr(offset_), limits_);
    if (!number) return false;
    offset_ += number->size;
    switch (number->kind) {
      case ValueKind::integer: return put(tree_.add_integer(number->integer, span_));
      case ValueKind::floating:
        return put(tree_.add_floating(number->floating, ruby::float_text(number->floating), span_));
      default: return put(tree_.add_scalar(number->kind, tree_.keep(number->text), span_, yaml::Style::computed));
    }
  }

  bool open(bool is_map) {
    if (open_.size() >= limits_.json_depth) return false;
    ++offset_;
    open_.push_back(
        {is_map, is_map ? entries_.size() : items_.size(), is_map ? Expect::key_or_end : Expect::item_or_end});
    return true;
  }

  bool close() {
    const Open done = open_.back();
    ++offset_;
    open_.pop_back();
    if (done.is_map) {
      const std::size_t count = unify_keys(done.first);
      const NodeId map = tree_.add_mapping(std::span(entries_).subspan(done.first, count), span_);
      entries_.resize(done.first);
      return put(map);
    }
    const NodeId list = tree_.add_sequence(std::span(items_).subspan(done.first), span_);
    items_.resize(done.first);
    return put(list);
  }

  bool put(NodeId node) {
    if (open_.empty()) {
      root_ = node;
      return true;
    }
    if (open_.back().is_map) {
      entries_.back().value = node;
    } else {
      items_.push_back(node);
    }
    open_.back().expect = Expect::comma_or_end;
    return true;
  }

  bool key() {
    const std::optional<std::string_view> text = string();
    if (!text) return false;
    entries_.push_back({tree_.add_scalar(ValueKind::string, *text, span_, yaml::Style::computed), kNoNode});
    open_.back().expect = Expect::colon;
    return true;
  }

  // Moves the last value of equal keys to the first of them; returns how many pairs remain.
  std::size_t unify_keys(std::size_t first) {
    std::unordered_map<std::string_view, std::size_t> places;
    std::size_t kept = first;
    for (std::size_t i = first; i < entries_.size(); ++i) {
      const auto [known, is_new] = places.try_emplace(tree_.text(entries_[i].key), kept);
      if (is_new) {
        entries_[kept++] = entries_[i];
      } else {
        entries_[known->second].value = entries_[i].value;
      }
    }
    return kept - first;
  }

  // False when a comment does not end, or is none.
  bool skip_blanks() {
    while (offset_ < text_.size()) {
      if (is_space(text_[offset_])) {
        ++offset_;
      } else if (text_[offset_] == '/') {
        if (!skip_comment()) return false;
      } else {
        break;
      }
    }
    return true;
  }

  bool skip_comment() {
    if (word("/*")) {
      const std::size_t end = text_.find("*/", offset_);
      if (end == std::string_view::npos) return false;
      offset_ = end + 2;
      return true;
    }
    if (!word("//")) return false;
    offset_ = std::min(text_.find_first_of("\n\r\f", offset_), text_.size());
    return true;
  }

  // The decoded text between the quotes, kept by the tree.
  std::optional<std::string_view> string() {
    const std::size_t begin = ++offset_;
    const std::size_t plain_end = text_.find_first_of("\"\\", begin);
    if (plain_end == std::string_view::npos) return std::nullopt;
    offset_ = plain_end;
    std::string decoded(text_.substr(begin, plain_end - begin));
    while (offset_ < text_.size() && text_[offset_] != '"') {
      if (text_[offset_] != '\\') {
        decoded += text_[offset_++];
      } else if (!escape(decoded)) {
        return std::nullopt;
      }
    }
    if (offset_ == text_.size()) return std::nullopt;
    ++offset_;
    return tree_.keep(decoded);
  }

  bool escape(std::string& out) {
    constexpr std::string_view kLetters = "nrtfb\"\\/";
    constexpr std::string_view kMeanings = "\n\r\t\f\b\"\\/";
    const char letter = offset_ + 1 < text_.size() ? text_[offset_ + 1] : '\0';
    if (letter == 'u') return unicode_escape(out);
    const std::size_t known = kLetters.find(letter);
    if (letter == '\0' || known == std::string_view::npos) return false;
    out += kMeanings[known];
    offset_ += 2;
    return true;
  }

  // After a code unit of the surrogate range Oj takes any other `\u` for the second half and computes with its low
  // bits.
  bool unicode_escape(std::string& out) {
    const std::optional<char32_t> first = code_unit();
    if (!first) return false;
    if (*first < 0xD800 || *first > 0xDFFF) {
      utf8::append(out, *first);
      return true;
    }
    const std::optional<char32_t> second = code_unit();
    if (!second) return false;
    utf8::append(out, 0x10000 + ((((*first - 0xD800) & 0x3FFU) << 10U) | ((*second - 0xDC00) & 0x3FFU)));
    return true;
  }

  std::optional<char32_t> code_unit() {
    if (!word("\\u") || text_.size() - offset_ < 4) return std::nullopt;
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[offset_++];
      const bool is_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!is_letter && (c < '0' || c > '9')) return std::nullopt;
      unit = unit * 16 + static_cast<char32_t>(is_letter ? (c | 0x20) - 'a' + 10 : c - '0');
    }
    return unit;
  }

  yaml::Tree& tree_;
  std::string_view text_;
  Span span_;
  const Limits& limits_;
  std::size_t offset_ = 0;
  NodeId root_ = kNoNode;
  std::vector<Open> open_;
  std::vector<NodeId> items_;
  std::vector<yaml::Entry> entries_;
};

}  // namespace

std::optional<NodeId> read_json(yaml::Tree& tree, std::string_view text, Span span, const Limits& limits) {
  return Reader(tree, text, span, limits).read();
}

}  // namespace willrun::inputs
