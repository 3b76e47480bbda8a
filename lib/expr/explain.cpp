// Words for a place where no lexeme starts.
#include "base/utf8.hpp"
#include "expr/lexer.hpp"

namespace willrun::expr {

namespace {

constexpr bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The run of word characters and what is like them, or one character.
std::string_view piece(std::string_view rest) {
  std::size_t size = 0;
  while (size < rest.size() && (is_word(rest[size]) || rest[size] == '-' || rest[size] == '.')) ++size;
  return rest.substr(0, size != 0 ? size : utf8::decode(rest, 0).size);
}

struct Words {
  std::size_t size;  // bytes of the range
  std::string message;
  std::string help;
};

Words explain_string(std::string_view rest) {
  const std::size_t line = std::min(rest.find('\n'), rest.size());
  return {line, "found a string without its closing " + std::string(1, rest[0]) + " on the same line",
          "strings have no escapes and end at the next quote of their kind"};
}

Words explain_dollar(std::string_view rest) {
  if (rest.starts_with("${")) {
    const std::size_t close = rest.find('}');
    const std::string_view whole = rest.substr(0, close == std::string_view::npos ? 2 : close + 1);
    return {whole.size(), "found " + quoted(whole) + ", expected a variable", "write $NAME without braces"};
  }
  if (rest.starts_with("$[[")) {
    const std::size_t close = rest.find("]]");
    const std::string_view whole = rest.substr(0, close == std::string_view::npos ? 3 : close + 2);
    return {whole.size(), "found " + quoted(whole) + ", expected $[[ inputs.NAME ]]",
            "an expression reads whole inputs only, without functions or parts"};
  }
  return {1, "found '$' without a name, expected a variable such as $CI_COMMIT_BRANCH", {}};
}

Words explain_slash(std::string_view rest) {
  const std::size_t close = rest.find('/', 1);
  if (close == std::string_view::npos) return {rest.size(), "found a pattern without its closing '/'", {}};
  if (close == 1)
    return {2, "found an empty pattern, expected at least two characters", "write /()/ for what matches all"};
  if (rest[close - 1] == '\\') {
    return {close + 1, "found a pattern without its closing '/', since '\\/' stands for a slash inside it",
            "put something between the backslash and the closing '/'"};
  }
  std::string help = "write /(";
  help.append(rest.substr(1, close - 1)).append(")/");
  return {close + 1, "found a pattern of one character, expected at least two", std::move(help)};
}

Words explain_word(std::string_view rest) {
  const std::string_view word = piece(rest);
  const bool is_number = word[0] >= '0' && word[0] <= '9';
  std::string_view help =
      is_number ? "there are no numbers, compare with a string" : "put a text into quotes, a variable after $";
  if (word == "and") help = "write && for and";
  if (word == "or") help = "write || for or";
  if (word == "not") help = "write ! for not";
  std::string lower(word);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const bool is_literal = lower == "true" || lower == "false" || lower == "null";
  std::string advice = is_literal && lower != word ? std::string("write ").append(lower) : std::string(help);
  return {word.size(), "found " + quoted(word) + ", expected an operand or an operator", std::move(advice)};
}

std::string_view advice_for(char first) {
  switch (first) {
    case '&': return "write && for and";
    case '|': return "write || for or";
    case '=': return "write == to compare, =~ to match a pattern";
    case '%': return "write $NAME for a variable";
    default: return {};
  }
}

Words explain_other(std::string_view rest) {
  const std::string_view found = piece(rest);
  const utf8::Decoded first = utf8::decode(rest, 0);
  const bool shown = first.valid && first.code_point > 0x20 && !utf8::is_space(first.code_point);
  std::string message = "found " + (shown ? quoted(found) : std::string("an invisible character"));
  message += ", expected an operand or an operator";
  return {found.size(), std::move(message), std::string(advice_for(rest[0]))};
}

Words explain_flags(std::string_view rest) {
  const std::string_view flags = piece(rest);
  return {flags.size(), "found " + quoted(flags) + " after a pattern, expected flags of i, s, m and U", {}};
}

}  // namespace

SyntaxError explain_unknown(std::string_view text, std::uint32_t offset, const Token* before) {
  const std::string_view rest = text.substr(offset);
  const bool follows_pattern = before != nullptr && before->kind == TokenKind::pattern && before->range.end == offset;
  const auto words = [&]() -> Words {
    if (rest[0] == '"' || rest[0] == '\'') return explain_string(rest);
    if (rest[0] == '$') return explain_dollar(rest);
    if (rest[0] == '/') return explain_slash(rest);
    if (!is_word(rest[0])) return explain_other(rest);
    return follows_pattern ? explain_flags(rest) : explain_word(rest);
  }();
  return {SyntaxErrorKind::unknown_lexeme,
          {offset, offset + static_cast<std::uint32_t>(words.size)},
          words.message,
          words.help};
}

}  // namespace willrun::expr
