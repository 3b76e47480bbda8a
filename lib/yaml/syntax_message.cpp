#include "yaml/syntax_message.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "diag/codes.hpp"

namespace willrun::yaml {

namespace {

struct Wording {
  std::string_view problem;  // libyaml's
  std::string_view message;  // ours; `{}` is what stands at the place
  std::string_view help;
};

constexpr Wording kWordings[] = {
    {"mapping values are not allowed in this context", "found a second `:` where a value was expected",
     "put the value in quotes, or check the indentation of this line"},
    {"could not find expected ':'", "found {}, expected `:` after the key before it",
     "check the indentation: a text that goes on must stand deeper than its key"},
    {"did not find expected key", "found {}, expected a key of this map",
     "check the indentation and the quotes of this line and of the one before"},
    {"did not find expected '-' indicator", "found {}, expected `- ` for the next list item", "check the indentation"},
    {"did not find expected ',' or ']'", "found {}, expected `,` or `]` in the list", {}},
    {"did not find expected ',' or '}'", "found {}, expected `,` or `}}` in the map", {}},
    {"found character that cannot start any token", "found {}, which cannot start a value",
     "YAML indents with spaces, not with tabs; put a value that starts with ` or @ in quotes"},
    {"did not find expected node content", "found {}, expected a value", {}},
    {"did not find expected alphabetic or numeric character",
     "found {}, expected a name of letters, digits, `-` or `_`", "put a text that starts with `*` or `&` in quotes"},
    {"found unexpected end of stream", "the text ends inside quotes", "close the quotes"},
    {"found unknown escape character", "found {}, which is no escape in double quotes",
     "double the backslash, or use single quotes"},
    {"control characters are not allowed", "found a control character", {}},
    {"block sequence entries are not allowed in this context", "found a list item where a value was expected",
     "start the list on its own line"},
    {"did not find expected <document start>", "found {}, expected `---`", {}},
    {"found undefined tag handle", "found a tag with an undefined handle", {}},
    {"did not find expected comment or line break", "found {} behind the indicator of a block text",
     "start the text on the next line"},
    {"found a tab character where an indentation space is expected", "found a tab, expected spaces of indentation", {}},
};

// What stands at a place, for people.
std::string found_at(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return "the end of the text";
  const char c = text[at];
  if (c == '\n' || c == '\r') return "the end of the line";
  if (c == '\t') return "a tab";
  if (c == ' ') return "a space";
  if (c == '`') return "a back quote";
  return fmt::format("`{}`", text.substr(at, utf8::decode(text, at).size));
}

std::uint32_t character_end(std::string_view text, std::uint32_t at) {
  return at < text.size() ? at + utf8::decode(text, at).size : at;
}

}  // namespace

Diagnostic syntax_diagnostic(const ReadError& error, std::string_view text, FileId file, std::uint32_t base) {
  std::string words(error.problem);
  if (!error.context.empty()) words += fmt::format("{}{}", words.empty() ? "" : " ", error.context);
  const Span at{file, base + error.offset, base + character_end(text, error.offset)};
  Diagnostic found = diag::make(diag::Code::yaml_syntax, at, words,
                                fmt::format("(<unknown>): {} at line {} column {}", words, error.line, error.column));
  for (const Wording& wording : kWordings) {
    if (wording.problem != error.problem) continue;
    found.message = fmt::format(fmt::runtime(wording.message), found_at(text, error.offset));
    found.help = wording.help;
  }
  if (!error.context.empty() && error.context_offset != error.offset) {
    const std::uint32_t begin = error.context_offset;
    found.labels.push_back({{file, base + begin, base + character_end(text, begin)}, std::string(error.context)});
  }
  return found;
}

}  // namespace willrun::yaml
