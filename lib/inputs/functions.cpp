#include "inputs/functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <interpolation.hpp>
#include <limits>
#include <optional>

#include <willrun/nearest.hpp>
#include "base/utf8.hpp"
#include "vars/expand.hpp"

namespace willrun::inputs {

namespace {

namespace grammar = willrun::grammar::interpolation;
namespace pegtl = tao::pegtl;

template <class Rule>
struct ArgumentAction : pegtl::nothing<Rule> {};

template <>
struct ArgumentAction<grammar::offset> {
  template <class In>
  static void apply(const In& in, FunctionCall& call) {
    call.arguments[0] = {in.begin(), in.size()};
  }
};

template <>
struct ArgumentAction<grammar::length> {
  template <class In>
  static void apply(const In& in, FunctionCall& call) {
    call.arguments[1] = {in.begin(), in.size()};
  }
};

bool fits_truncate(FunctionCall& call) {
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> in(
      call.text.data(), call.text.data() + call.text.size(), "");
  return pegtl::parse<grammar::truncate, ArgumentAction>(in, call);
}

// The name alone; GitLab takes no empty parentheses there.
bool fits_name(FunctionCall& call) { return call.text == call.name; }

// Ruby fails on a number that is no `long`.
std::optional<std::size_t> long_number(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return static_cast<std::size_t>(number);
}

FunctionResult truncate(std::string_view text, const FunctionCall& call, const FunctionContext&) {
  const auto offset = long_number(call.arguments[0]);
  const auto length = long_number(call.arguments[1]);
  if (!offset || !length) return {{}, "the numbers are too large", true};
  const std::string_view rest = text.substr(utf8::offset_of(text, *offset));
  return {std::string(rest.substr(0, utf8::offset_of(rest, *length)))};
}

// A bound on what the text can grow to; the true size is found without expanding only by expanding.
bool may_grow_over(std::string_view text, const FunctionContext& context) {
  const auto references =
      static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) { return c == '$' || c == '%'; }));
  return references * context.longest_value > context.limits.interpolated_bytes;
}

FunctionResult expand_vars(std::string_view text, const FunctionCall&, const FunctionContext& context) {
  if (may_grow_over(text, context)) return {{}, "the expanded text may be too large"};
  Expanded expanded = vars::expand(text, context.variables, vars::Missing::stays, {.fail_on_masked = true});
  if (!expanded.text) return {{}, "variable expansion error: " + expanded.error};
  return {std::move(*expanded.text)};
}

// Ruby's Shellwords.escape: a backslash before each character outside a small set, quotes around a line feed, and
// quotes for nothing.
FunctionResult posix_escape(std::string_view text, const FunctionCall&, const FunctionContext&) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.,:+/@";
  if (text.empty()) return {"''"};
  std::string escaped;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = utf8::decode(text, i).size;
    const std::string_view character = text.substr(i, size);
    if (character == "\n") {
      escaped += "'\n'";
    } else {
      if (kPlain.find(character) == std::string_view::npos) escaped += '\\';
      escaped += character;
    }
    i += size;
  }
  return {std::move(escaped)};
}

struct Function {
  std::string_view name;
  std::string_view usage;
  bool (*fits)(FunctionCall& call);
  FunctionResult (*apply)(std::string_view text, const FunctionCall& call, const FunctionContext& context);
};

// All functions; a new one is a row here.
constexpr Function kFunctions[] = {
    {"truncate", "truncate(OFFSET,LENGTH)", fits_truncate, truncate},
    {"expand_vars", "expand_vars", fits_name, expand_vars},
    {"posix_escape", "posix_escape", fits_name, posix_escape},
};

std::optional<FunctionCall> parse_call(std::string_view text) {
  for (const Function& function : kFunctions) {
    FunctionCall call{function.name, text, {}, function.apply};
    if (function.fits(call)) return call;
  }
  return std::nullopt;
}

std::string help_for(std::string_view text) {
  const std::string_view name = text.substr(0, text.find_first_of("( "));
  std::vector<std::string_view> names;
  for (const Function& function : kFunctions) names.push_back(function.name);
  const std::string_view near = nearest(name, names);
  for (const Function& function : kFunctions) {
    if (function.name == near) return fmt::format("write `{}`", function.usage);
  }
  return fmt::format("the functions are {}", fmt::join(names, ", "));
}

BlockError unknown_function(std::string_view text) {
  return {
      diag::Code::interpolation_function, text, fmt::format("no function fits `{}`", text),
      fmt::format("no function matching `{}`: check that the function name, arguments, and types are correct", text),
      help_for(text)};
}

}  // namespace

ParsedFunctions parse_functions(std::span<const std::string_view> texts, const Limits& limits) {
  ParsedFunctions parsed;
  if (texts.size() > limits.interpolation_functions) {
    parsed.errors.push_back(
        {diag::Code::interpolation_limit,
         texts[limits.interpolation_functions],
         fmt::format("{} functions in a block, at most {} are allowed", texts.size(), limits.interpolation_functions),
         "too many functions in interpolation block",
         {}});
    return parsed;
  }
  for (const std::string_view text : texts) {
    if (const auto call = parse_call(text)) {
      parsed.calls.push_back(*call);
    } else {
      parsed.errors.push_back(unknown_function(text));
    }
  }
  return parsed;
}

}  // namespace willrun::inputs
