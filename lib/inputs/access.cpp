#include "inputs/access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <interpolation.hpp>

#include <willrun/nearest.hpp>

namespace willrun::inputs {

namespace {

namespace grammar = willrun::grammar::interpolation;
namespace pegtl = tao::pegtl;

using diag::Code;
using yaml::kNoNode;
using yaml::NodeId;

constexpr std::size_t kParts = 5;

// `key[0][1]`: digits of each index, as written.
struct IndexedPart {
  std::string_view key;
  std::vector<std::string_view> indexes;
};

template <class Rule>
struct PartAction : pegtl::nothing<Rule> {};

template <>
struct PartAction<grammar::key> {
  template <class In>
  static void apply(const In& in, IndexedPart& part) {
    part.key = {in.begin(), in.size()};
  }
};

template <>
struct PartAction<grammar::index> {
  template <class In>
  static void apply(const In& in, IndexedPart& part) {
    part.indexes.emplace_back(in.begin(), in.size());
  }
};

bool parse_indexed(std::string_view text, IndexedPart& part) {
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> in(text.data(),
                                                                                  text.data() + text.size(), "");
  return pegtl::parse<grammar::indexed, PartAction>(in, part);
}

// The text in the first brackets that hold no number.
std::optional<std::string_view> wrong_index(std::string_view part) {
  for (std::size_t open = part.find('['); open != std::string_view::npos; open = part.find('[', open + 1)) {
    const std::size_t close = part.find(']', open);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view index = part.substr(open + 1, close - open - 1);
    if (index.empty() || index.find_first_not_of("0123456789") != std::string_view::npos) return index;
  }
  return std::nullopt;
}

std::vector<std::string_view> split(std::string_view access) {
  std::vector<std::string_view> parts;
  if (access.empty()) return parts;
  while (parts.size() + 1 < kParts) {
    const std::size_t dot = access.find('.');
    if (dot == std::string_view::npos) break;
    parts.push_back(access.substr(0, dot));
    access.remove_prefix(dot + 1);
  }
  parts.push_back(access);
  return parts;
}

// The decimal text without leading zeros, as a number prints.
std::string_view number_text(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

class Path {
 public:
  Path(const yaml::Tree& tree, std::string_view access, const Limits& limits)
      : tree_(tree), access_(access), limits_(limits) {}

  AccessResult follow(NodeId context) {
    const std::vector<std::string_view> parts = split(access_);
    check_whole(parts.size());
    result_.value = context;
    for (std::size_t i = 0; i < parts.size() && result_.errors.empty(); ++i) enter(parts[i]);
    return std::move(result_);
  }

 private:
  void check_whole(std::size_t parts) {
    if (parts < 2) {
      fail(Code::interpolation_unknown, access_,
           fmt::format("`{}` names no value, expected `inputs.NAME` or `component.FIELD`", access_),
           "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]");
    }
    if (access_.size() > limits_.interpolation_access_bytes) {
      fail(Code::interpolation_limit, access_,
           fmt::format("the path has {} bytes, at most {} are allowed", access_.size(),
                       limits_.interpolation_access_bytes),
           "maximum interpolation expression size exceeded");
    }
  }

  void enter(std::string_view text) {
    if (text.find('[') == std::string_view::npos) return enter_key(text);
    IndexedPart part;
    if (!parse_indexed(text, part)) return refuse_part(text);
    if (part.key.empty()) {
      return fail(Code::interpolation_unknown, text, fmt::format("the index `{}` stands behind no name", text),
                  fmt::format("invalid indexed access without a key in `{}`", access_));
    }
    if (part.indexes.size() > limits_.interpolation_indexes) {
      return fail(
          Code::interpolation_limit, text,
          fmt::format("{} indexes in a row, at most {} are allowed", part.indexes.size(),
                      limits_.interpolation_indexes),
          fmt::format("too many array indices in `{}` (maximum depth: {})", access_, limits_.interpolation_indexes));
    }
    enter_key(part.key);
    for (std::size_t i = 0; i < part.indexes.size() && result_.errors.empty(); ++i) enter_index(part.indexes[i]);
  }

  void refuse_part(std::string_view text) {
    if (std::count(text.begin(), text.end(), '[') != std::count(text.begin(), text.end(), ']')) {
      return fail(Code::interpolation_unknown, text, fmt::format("`{}` has a bracket without its counterpart", text),
                  fmt::format("invalid array index in `{}`: missing closing bracket", access_));
    }
    if (const auto index = wrong_index(text)) {
      return fail(Code::interpolation_unknown, index->empty() ? text : *index,
                  fmt::format("`{}` is no index, expected a number from 0", *index),
                  fmt::format("invalid array index in `{}`: `{}` is not a valid index", access_, *index));
    }
    fail(Code::interpolation_unknown, text,
         fmt::format("`{}` is no name with indexes, expected letters, digits or `_` and then `[0]`", text),
         fmt::format("invalid array index syntax in `{}`", access_));
  }

  void enter_key(std::string_view key) {
    std::vector<std::string_view> known;
    for (const yaml::Entry& entry : tree_.entries(result_.value)) {
      if (tree_.kind(entry.key) != ValueKind::symbol) continue;
      if (tree_.text(entry.key) == key) {
        result_.value = entry.value;
        return;
      }
      known.push_back(tree_.text(entry.key));
    }
    fail(Code::interpolation_unknown, key, fmt::format("nothing is known as `{}` in `{}`", key, access_),
         fmt::format("unknown interpolation provided: `{}` in `{}`", key, access_));
    result_.errors.back().help = suggestion(key, known);
  }

  void enter_index(std::string_view digits) {
    const std::string_view number = number_text(digits);
    if (!tree_.is_sequence(result_.value)) {
      return fail(Code::interpolation_unknown, digits,
                  fmt::format("`[{}]` stands behind something that is no list", number),
                  fmt::format("cannot index into non-array value at [{}] in `{}`", number, access_));
    }
    const auto items = tree_.items(result_.value);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
    if (error != std::errc{} || index >= items.size()) {
      return fail(Code::interpolation_unknown, digits,
                  fmt::format("index {} is over the end of a list of {}", number, items.size()),
                  fmt::format("array index {} out of bounds (size: {}) in `{}`", number, items.size(), access_));
    }
    result_.value = items[index];
  }

  void fail(Code code, std::string_view place, std::string message, std::string gitlab_text) {
    result_.errors.push_back({code, place, std::move(message), std::move(gitlab_text), {}});
  }

  const yaml::Tree& tree_;
  std::string_view access_;
  const Limits& limits_;
  AccessResult result_;
};

}  // namespace

AccessResult follow_access(const yaml::Tree& tree, NodeId context, std::string_view access, const Limits& limits) {
  return Path(tree, access, limits).follow(context);
}

}  // namespace willrun::inputs
