#include "machine/sample.hpp"

#include <algorithm>

namespace willrun::machine {

namespace {

constexpr int kDeepest = 32;

class Sampler {
 public:
  explicit Sampler(std::string_view body) : body_(body) {}

  std::optional<std::string> run() {
    std::string text = alternatives(0);
    return failed_ || at_ != body_.size() ? std::nullopt : std::optional(std::move(text));
  }

 private:
  bool more() const { return !failed_ && at_ < body_.size(); }

  std::string fail() {
    failed_ = true;
    return {};
  }

  // The first alternative; the others are read over.
  std::string alternatives(int depth) {
    std::string first = sequence(depth);
    while (more() && body_[at_] == '|') {
      ++at_;
      sequence(depth);
    }
    return first;
  }

  std::string sequence(int depth) {
    std::string text;
    while (more() && body_[at_] != '|' && body_[at_] != ')') text.append(repeated(piece(depth)));
    return text;
  }

  std::string piece(int depth) {
    const char c = body_[at_++];
    switch (c) {
      case '^':
      case '$': return {};
      case '.': return "x";
      case '(': return depth < kDeepest ? group(depth) : fail();
      case '[': return one_of();
      case '\\': return escaped();
      default: return {c};
    }
  }

  std::string group(int depth) {
    if (body_.substr(at_).starts_with("?")) {
      const std::size_t name_end = body_.find_first_of(":>", at_);
      if (name_end == std::string_view::npos) return fail();
      at_ = name_end + 1;
    }
    std::string text = alternatives(depth + 1);
    if (!more() || body_[at_] != ')') return fail();
    ++at_;
    return text;
  }

  // The first character of a class; of a negated one some character that is seldom in it.
  std::string one_of() {
    const bool negated = more() && body_[at_] == '^';
    if (negated) ++at_;
    std::string first;
    for (bool begin = true; more() && (begin || body_[at_] != ']'); begin = false) {
      std::string one;
      if (body_.substr(at_).starts_with("[:")) {
        const std::size_t end = body_.find(":]", at_);
        if (end == std::string_view::npos) return fail();
        one.assign(1, body_.substr(at_, end - at_) == "[:digit" ? '0' : 'a');
        at_ = end + 2;
      } else if (body_[at_] == '\\') {
        ++at_;
        one = more() ? escaped() : fail();
      } else {
        one.assign(1, body_[at_++]);
      }
      if (first.empty()) first = one;
    }
    if (!more()) return fail();
    ++at_;
    if (!negated) return first;
    return {first == "~" ? 'x' : '~'};
  }

  std::string escaped() {
    if (!more()) return fail();
    const char c = body_[at_++];
    switch (c) {
      case 'd': return "0";
      case 'w':
      case 'D':
      case 'S': return "x";
      case 's':
      case 'W': return " ";
      case 'A':
      case 'z':
      case 'Z':
      case 'b': return {};
      default:
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? fail() : std::string{c};
    }
  }

  std::string repeated(const std::string& text) {
    if (!more()) return text;
    std::size_t times = 1;
    const char c = body_[at_];
    if (c == '*' || c == '?') {
      times = 0;
      ++at_;
    } else if (c == '+') {
      ++at_;
    } else if (c == '{') {
      times = 0;
      for (++at_; more() && body_[at_] >= '0' && body_[at_] <= '9' && times < 100; ++at_)
        times = times * 10 + static_cast<std::size_t>(body_[at_] - '0');
      const std::size_t end = body_.find('}', at_);
      if (end == std::string_view::npos) return fail();
      at_ = end + 1;
    }
    if (more() && body_[at_] == '?') ++at_;
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all.append(text);
    return all;
  }

  std::string_view body_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> sample_of_regex(std::string_view body) { return Sampler(body).run(); }

std::string sample_of_glob(std::string_view glob) {
  std::string path;
  bool alternative = false;  // inside `{}`, behind the first one
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '}') alternative = false;
    if (alternative || c == '{' || c == '}') continue;
    if (c == ',') {
      alternative = true;
    } else if (glob.substr(i).starts_with("**/")) {
      i += 2;
    } else if (c == '*' || c == '?') {
      if (path.empty() || path.back() != 'x') path += 'x';
    } else if (c == '[' && i + 1 < glob.size()) {
      path += glob[i + 1];
      i = std::min(glob.find(']', i), glob.size() - 1);
    } else {
      path += c;
    }
  }
  return path;
}

}  // namespace willrun::machine
