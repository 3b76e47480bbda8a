#include "model/checks.hpp"

#include <charconv>
#include <functional>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "machine/regex.hpp"
#include "model/duration.hpp"
#include "ruby/print.hpp"

namespace willrun::model {

namespace {

using yaml::kNoNode;
using yaml::NodeId;
using yaml::Tree;

constexpr std::size_t kNestedLists = 10;  // "up to 10 levels deep"

// Calls `visit` with each word of a '|' list until it returns true; tells whether it did.
template <class Visit>
bool any_word(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    if (visit(list.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    list.remove_prefix(bar + 1);
  }
  return false;
}

std::string joined_words(std::string_view list) {
  std::string joined;
  any_word(list, [&](std::string_view word) {
    joined += joined.empty() ? "" : ", ";
    joined += word;
    return false;
  });
  return joined;
}

bool is_kind(const Tree& tree, NodeId node, ValueKind kind) { return node != kNoNode && tree.kind(node) == kind; }

bool is_number(const Tree& tree, NodeId node) {
  return is_kind(tree, node, ValueKind::integer) || is_kind(tree, node, ValueKind::big_integer) ||
         is_kind(tree, node, ValueKind::floating);
}

bool all_items(const Tree& tree, NodeId node, const std::function<bool(NodeId)>& meets) {
  if (!is_kind(tree, node, ValueKind::sequence)) return false;
  for (const NodeId item : tree.items(node)) {
    if (!meets(item)) return false;
  }
  return true;
}

bool is_string(const Tree& tree, NodeId node) { return is_kind(tree, node, ValueKind::string); }

bool are_strings(const Tree& tree, NodeId node) {
  return all_items(tree, node, [&](NodeId item) { return is_string(tree, item); });
}

// Lists of strings inside lists, the outermost one being level 1.
bool are_nested_strings(const Tree& tree, NodeId node, std::size_t level = 1) {
  return all_items(tree, node, [&](NodeId item) {
    return is_string(tree, item) || (level < kNestedLists && are_nested_strings(tree, item, level + 1));
  });
}

bool are_nested_hashes(const Tree& tree, NodeId node, std::size_t level = 1) {
  return all_items(tree, node, [&](NodeId item) {
    return is_kind(tree, item, ValueKind::mapping) ||
           (level < kNestedLists && are_nested_hashes(tree, item, level + 1));
  });
}

bool are_integers(const Tree& tree, NodeId node) {
  return all_items(tree, node, [&](NodeId item) { return is_kind(tree, item, ValueKind::integer); });
}

bool is_alphanumeric(const Tree& tree, NodeId node) {
  return is_text(tree, node) || is_kind(tree, node, ValueKind::integer);
}

bool is_scalar(const Tree& tree, NodeId node) {
  return is_text(tree, node) || is_number(tree, node) || is_kind(tree, node, ValueKind::boolean);
}

std::size_t size_of(const Tree& tree, NodeId node) {
  if (tree.is_sequence(node) || tree.is_mapping(node)) return tree[node].size;
  return utf8::length(ruby::to_s(tree, node));
}

bool within(const Tree& tree, NodeId value, std::string_view most) {
  std::size_t limit = 0;
  std::from_chars(most.data(), most.data() + most.size(), limit);
  return value != kNoNode && size_of(tree, value) <= limit;
}

bool reaches(const Tree& tree, NodeId value, std::string_view limit) {
  std::size_t number = 0;
  std::from_chars(limit.data(), limit.data() + limit.size(), number);
  return size_of(tree, value) >= number;
}

bool is_pattern(const Tree& tree, NodeId value) {
  if (!is_string(tree, value)) return false;
  const auto pattern = machine::whole_pattern(tree.text(value));
  return pattern && machine::Regex::compile(pattern->body, pattern->flags).regex.has_value();
}

// A list passes when each of its items does.
bool is_one_of(const Tree& tree, NodeId value, std::string_view words) {
  if (is_kind(tree, value, ValueKind::sequence)) {
    return all_items(tree, value, [&](NodeId item) { return is_string(tree, item) && is_one_of(tree, item, words); });
  }
  return is_string(tree, value) && contains_word(words, tree.text(value));
}

std::optional<double> seconds(const Tree& tree, NodeId value) {
  return is_string(tree, value) ? parse_duration(tree.text(value)) : std::nullopt;
}

bool is_within(const Tree& tree, NodeId value, double most) {
  const auto length = seconds(tree, value);
  return length && *length <= most;
}

// A key that is a list prints as its items do.
std::string joined(const Tree& tree, NodeId key) {
  if (!tree.is_sequence(key)) return ruby::to_s(tree, key);
  std::string text;
  for (const NodeId item : tree.items(key)) text += (text.empty() ? "" : ", ") + joined(tree, item);
  return text;
}

// The keys of the map that `wanted` picks, as GitLab prints them, after `prefix`; nullopt when there are none.
std::optional<Failure> keys_failure(const Tree& tree, NodeId map, std::string_view prefix,
                                    const std::function<bool(std::string_view)>& wanted) {
  if (!is_kind(tree, map, ValueKind::mapping)) return std::nullopt;
  Failure found;
  for (const yaml::Entry& entry : tree.entries(map)) {
    const bool named = is_text(tree, entry.key);
    if (!wanted(named ? tree.text(entry.key) : std::string_view())) continue;
    found.message += found.message.empty() ? std::string(prefix) : ", ";
    found.message += named ? std::string(tree.text(entry.key)) : joined(tree, entry.key);
    if (found.place == kNoNode) found.place = entry.key;
  }
  if (found.place == kNoNode) return std::nullopt;
  return found;
}

// What is no map lacks them all.
std::optional<Failure> missing_keys(const Tree& tree, NodeId map, std::string_view wanted) {
  std::string missing;
  any_word(wanted, [&](std::string_view key) {
    if (tree.find(map, key) == kNoNode) missing += (missing.empty() ? "" : ", ") + std::string(key);
    return false;
  });
  if (missing.empty()) return std::nullopt;
  return Failure{"missing required keys: " + missing, kNoNode, {}};
}

std::optional<Failure> unknown_keys(const Scope& scope) {
  return keys_failure(scope.tree(), scope.config, "contains unknown keys: ", [&](std::string_view key) {
    for (const Keyword& keyword : scope.entry.keywords) {
      const bool known = keyword.edition == Edition::ce || scope.context.options.edition == Edition::ee;
      if (keyword.name == key && known) return false;
    }
    return true;
  });
}

std::optional<Failure> exclusive_keys(const Scope& scope, std::string_view keys) {
  std::size_t found = 0;
  auto both =
      keys_failure(scope.tree(), scope.config, "these keys cannot be used together: ", [&](std::string_view key) {
        const bool named = contains_word(keys, key);
        found += named ? 1 : 0;
        return named;
      });
  return found > 1 ? both : std::nullopt;
}

bool is_in_options(const Scope& scope, NodeId value) {
  const NodeId options = scope.attribute("options");
  if (!is_kind(scope.tree(), options, ValueKind::sequence)) return true;
  const Tree& tree = scope.tree();
  return value != kNoNode && !all_items(tree, options, [&](NodeId option) {
           return tree.kind(option) != tree.kind(value) || tree.text(option) != tree.text(value);
         });
}

// Names of refs, and patterns that RE2 takes.
bool are_refs(const Tree& tree, NodeId node) {
  return all_items(tree, node, [&](NodeId item) {
    if (!is_string(tree, item)) return false;
    return !machine::whole_pattern(tree.text(item)) || is_pattern(tree, item);
  });
}

std::optional<Failure> expression_failure(const Scope& scope, NodeId value) {
  const std::string message = "invalid expression syntax";
  if (is_kind(scope.tree(), value, ValueKind::sequence)) {
    for (const NodeId item : scope.tree().items(value)) {
      if (auto failure = expression_failure(scope, item)) return failure;
    }
    return std::nullopt;
  }
  if (!is_string(scope.tree(), value)) return Failure{message, value, {}};
  const auto added = scope.context.conditions.add(scope.tree().text(value));
  if (const auto* error = std::get_if<expr::SyntaxError>(&added)) return Failure{message, value, *error};
  return std::nullopt;
}

// What GitLab says of each check that judges a value by itself.
std::string text_of(const Scope& scope, const Validation& validation, NodeId value) {
  switch (validation.check) {
    case Check::hash: return "should be a hash";
    case Check::array: return "should be an array";
    case Check::string: return "should be a string";
    case Check::symbol: return "should be a symbol";
    case Check::boolean: return "should be a boolean value";
    case Check::hash_or_array: return "can only be a hash or an array";
    case Check::hash_or_boolean: return "should be a hash or a boolean value";
    case Check::alphanumeric: return "must be an alphanumeric string";
    case Check::plain_string: return "must be a string";
    case Check::scalar_value: return "must be a scalar";
    case Check::strings: return "should be an array of strings";
    case Check::string_or_strings: return "should be an array of strings or a string";
    case Check::integer_or_integers: return "should be an array of integers or an integer";
    case Check::nested_strings:
      return "should be an array of strings or a nested array of strings up to 10 levels deep";
    case Check::string_or_nested_strings: return "should be a string or a nested array of strings up to 10 levels deep";
    case Check::nested_hashes: return "should be an array containing hashes and arrays of hashes";
    case Check::present: return "can't be blank";
    case Check::absent: return "must be blank";
    case Check::longest: return fmt::format("is too long (maximum is {} characters)", validation.argument);
    case Check::most_entries: return fmt::format("has too many entries (maximum {})", validation.argument);
    case Check::one_of: return "should be one of: " + joined_words(validation.argument);
    case Check::must_be_one_of: return "must be one of: " + joined_words(validation.argument);
    case Check::known_value: return "unknown value: " + ruby::to_s(scope.tree(), value);
    case Check::duration: return "should be a duration";
    case Check::duration_within_week:
    case Check::duration_within_month: return "should not exceed the limit";
    case Check::refs: return "should be an array of strings or regular expressions using re2 syntax";
    case Check::pattern: return "must be a regular expression with re2 syntax";
    case Check::fewer_tags: return fmt::format("must be less than the limit of {} tags", validation.argument);
    case Check::in_options: return "must be present in options";
    default: return {};
  }
}

bool meets(const Scope& scope, const Validation& validation, NodeId value) {
  const Tree& tree = scope.tree();
  const std::string_view argument = validation.argument;
  switch (validation.check) {
    case Check::hash: return is_kind(tree, value, ValueKind::mapping);
    case Check::array: return is_kind(tree, value, ValueKind::sequence);
    case Check::string: return is_string(tree, value);
    case Check::symbol: return is_text(tree, value);
    case Check::boolean: return is_kind(tree, value, ValueKind::boolean);
    case Check::hash_or_array:
      return is_kind(tree, value, ValueKind::mapping) || is_kind(tree, value, ValueKind::sequence);
    case Check::hash_or_boolean:
      return is_kind(tree, value, ValueKind::mapping) || is_kind(tree, value, ValueKind::boolean);
    case Check::alphanumeric: return is_alphanumeric(tree, value);
    case Check::plain_string:
    case Check::scalar_value: return is_scalar(tree, value);
    case Check::strings: return are_strings(tree, value);
    case Check::string_or_strings: return is_string(tree, value) || are_strings(tree, value);
    case Check::integer_or_integers: return is_kind(tree, value, ValueKind::integer) || are_integers(tree, value);
    case Check::nested_strings: return are_nested_strings(tree, value);
    case Check::string_or_nested_strings: return is_string(tree, value) || are_nested_strings(tree, value);
    case Check::nested_hashes: return are_nested_hashes(tree, value);
    case Check::present: return !is_blank(tree, value);
    case Check::absent: return is_blank(tree, value);
    case Check::longest:
    case Check::most_entries: return within(tree, value, argument);
    case Check::one_of:
    case Check::must_be_one_of: return is_one_of(tree, value, argument);
    case Check::known_value: return is_string(tree, value) && contains_word(argument, tree.text(value));
    case Check::duration: return seconds(tree, value).has_value();
    case Check::duration_within_week: return is_within(tree, value, kWeekSeconds);
    case Check::duration_within_month: return is_within(tree, value, kMonthSeconds);
    case Check::refs: return are_refs(tree, value);
    case Check::pattern: return is_pattern(tree, value);
    case Check::fewer_tags: return !is_kind(tree, value, ValueKind::sequence) || !reaches(tree, value, argument);
    case Check::in_options: return is_in_options(scope, value);
    default: return true;
  }
}

}  // namespace

bool is_text(const Tree& tree, NodeId value) {
  return is_kind(tree, value, ValueKind::string) || is_kind(tree, value, ValueKind::symbol);
}

bool is_blank(const Tree& tree, NodeId value) {
  if (value == kNoNode) return true;
  switch (tree.kind(value)) {
    case ValueKind::null: return true;
    case ValueKind::boolean: return !tree[value].boolean;
    case ValueKind::sequence:
    case ValueKind::mapping: return tree[value].size == 0;
    case ValueKind::string: return utf8::is_blank(tree.text(value));
    default: return false;
  }
}

bool contains_word(std::string_view list, std::string_view word) {
  return any_word(list, [&](std::string_view known) { return known == word; });
}

std::optional<Failure> failure(const Scope& scope, const Validation& validation, NodeId value) {
  const Tree& tree = scope.tree();
  const auto named = [&](std::string_view key) { return contains_word(validation.argument, key); };
  switch (validation.check) {
    case Check::known_keys: return unknown_keys(scope);
    case Check::known_data:
      return keys_failure(tree, scope.config, "uses invalid data keys: ", [&](auto key) { return !named(key); });
    case Check::required_keys: return missing_keys(tree, scope.config, validation.argument);
    case Check::disallowed_keys: return keys_failure(tree, scope.config, "contains disallowed keys: ", named);
    case Check::no_keys_with_rules:
      return keys_failure(tree, scope.config, "key may not be used with `rules`: ", [&](auto key) {
        return named(key) && scope.attribute(key) != kNoNode;
      });
    case Check::exclusive_keys: return exclusive_keys(scope, validation.argument);
    case Check::expression: return expression_failure(scope, value);
    default: break;
  }
  if (meets(scope, validation, value)) return std::nullopt;
  return Failure{text_of(scope, validation, value), kNoNode, {}};
}

}  // namespace willrun::model
