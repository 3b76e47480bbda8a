#include "machine/regex.hpp"

#include <re2/re2.h>

#include "machine/group_names.hpp"

namespace willrun::machine {

namespace {

constexpr bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr bool is_printable(char c) { return c >= ' ' && c <= '~'; }

constexpr std::string_view kMeta = "\\.+*?()|[]{}^$";

// Takes a text of plain characters and escaped punctuation into `literal`; false when there is anything else.
bool take_literal(std::string_view text, std::string& literal) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size() && !is_alphanumeric(text[i + 1]);
    if (escaped) ++i;
    if (!is_printable(text[i]) || (!escaped && kMeta.find(text[i]) != std::string_view::npos)) return false;
    literal += text[i];
  }
  return true;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Regex::Shape Regex::shape_of(std::string_view body, std::string_view flags, std::string& literal) {
  if (!flags.empty()) return Shape::automaton;
  const bool starts = body.starts_with('^');
  if (starts) body.remove_prefix(1);
  const bool ends = body.ends_with('$') && !body.ends_with("\\$");
  if (ends) body.remove_suffix(1);
  if (!take_literal(body, literal)) return Shape::automaton;
  if (starts) return ends ? Shape::equals : Shape::starts;
  return ends ? Shape::ends : Shape::contains;
}

Regex::Compiled Regex::compile(std::string_view body, std::string_view flags) {
  Compiled compiled;
  Regex regex;
  if (!flags.empty()) regex.source_.append("(?").append(flags).append(")");
  regex.source_ += body;
  regex.shape_ = shape_of(body, flags, regex.literal_);
  if (regex.shape_ == Shape::automaton) {
    const RewrittenPattern rewritten = rewrite_groups(regex.source_);
    re2::RE2::Options options;
    options.set_log_errors(false);
    regex.automaton_ = std::make_unique<re2::RE2>(piece(rewritten.text), options);
    if (!regex.automaton_->ok()) {
      compiled.error = regex.automaton_->error();
      return compiled;
    }
    // GitLab searches a pattern without groups as `(pattern)`, and an open quote swallows that parenthesis (conformance
    // category regex_escape).
    const bool is_wrapped = regex.automaton_->NumberOfCapturingGroups() == 0;
    if (is_wrapped && rewritten.ends_in_quote) regex.shape_ = Shape::never;
  }
  compiled.regex = std::move(regex);
  return compiled;
}

bool Regex::search(std::string_view text) const {
  switch (shape_) {
    case Shape::contains: return text.find(literal_) != std::string_view::npos;
    case Shape::starts: return text.starts_with(literal_);
    case Shape::ends: return text.ends_with(literal_);
    case Shape::equals: return text == literal_;
    case Shape::never: return false;
    case Shape::automaton: break;
  }
  return automaton_->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace willrun::machine
