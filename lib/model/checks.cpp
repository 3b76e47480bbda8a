#include "model/checks.hpp"

#include <algorithm>
#include <cctype>
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

std::optional<Failure> exclusive_keys_failure(const Scope& scope, std::string_view keys) {
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

bool are_hashes(const Tree& tree, NodeId node) {
  return all_items(tree, node, [&](NodeId item) { return is_kind(tree, item, ValueKind::mapping); });
}

// Values of a matrix: one or a list, and none of them empty.
bool are_product_variables(const Tree& tree, NodeId map) {
  if (!is_kind(tree, map, ValueKind::mapping)) return false;
  const auto plain = [&](NodeId value) { return is_alphanumeric(tree, value); };
  const auto entries = tree.entries(map);
  return std::all_of(entries.begin(), entries.end(), [&](const yaml::Entry& entry) {
    if (!plain(entry.key) || is_blank(tree, entry.value)) return false;
    return plain(entry.value) || all_items(tree, entry.value, plain);
  });
}

bool have_no_stars(const Tree& tree, NodeId list) {
  return all_items(tree, list, [&](NodeId item) { return tree.text(item).find('*') == std::string_view::npos; });
}

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// A letter, digit or '_' first, then those, '-' and blanks.
bool is_artifact_title(const Tree& tree, NodeId value) {
  if (!is_string(tree, value) || tree.text(value).empty()) return false;
  const std::string_view title = tree.text(value);
  return is_word_byte(title.front()) &&
         std::all_of(title.begin(), title.end(), [](char c) { return is_word_byte(c) || c == '-' || c == ' '; });
}

bool is_cache_policy(const Tree& tree, NodeId value) {
  if (!is_string(tree, value)) return false;
  const std::string_view policy = tree.text(value);
  if (contains_word("pull-push|push|pull", policy)) return true;
  return policy.starts_with('$') && std::all_of(policy.begin() + 1, policy.end(), is_word_byte);
}

bool is_environment_name(const Tree& tree, NodeId value) {
  if (!is_string(tree, value)) return false;
  const std::string_view name = tree.text(value);
  if (name.empty() || name.front() == '/' || name.back() == '/') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_word_byte(c) || std::string_view("-/${}. ").find(c) != std::string_view::npos;
  });
}

// ISO 8601: "2026-01-31", with a time of day or without.
bool is_date_time(const Tree& tree, NodeId value) {
  static const machine::Regex shape =
      *machine::Regex::compile(
           R"(\A\d{4}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(T[0-2]\d(:?[0-5]\d(:?[0-6]\d([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?\z)",
           "")
           .regex;
  return is_string(tree, value) && shape.search(tree.text(value));
}

// A key that would lead out of the cache's folder, plain or percent-encoded.
std::optional<Failure> cache_key_failure(const Tree& tree, NodeId value) {
  std::string key;
  for (std::string_view rest = tree.text(value); !rest.empty();) {
    const std::string code = utf8::lowercase(rest.substr(0, 3));
    const bool encoded = code == "%2f" || code == "%2e";
    key += encoded ? (code == "%2f" ? '/' : '.') : rest.front();
    rest.remove_prefix(encoded ? 3 : 1);
  }
  if (key.find('/') != std::string::npos) return Failure{"cannot contain the \"/\" character", kNoNode, {}};
  if (key == "." || key == "..") return Failure{"cannot be \".\" or \"..\"", kNoNode, {}};
  return std::nullopt;
}

// A number within bounds, "0|2". Texts that spell a number count as it.
std::optional<Failure> number_failure(const Tree& tree, NodeId value, std::string_view bounds) {
  const auto read = [](std::string_view text, double& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
  };
  const std::string text = is_kind(tree, value, ValueKind::boolean) ? std::string() : ruby::to_s(tree, value);
  double number = 0;
  if (!read(text, number)) return Failure{"is not a number", kNoNode, {}};
  if (text.find_first_of(".eE") != std::string::npos) return Failure{"must be an integer", kNoNode, {}};
  const std::size_t bar = bounds.find('|');
  double least = 0;
  double most = 0;
  read(bounds.substr(0, bar), least);
  read(bounds.substr(bar + 1), most);
  if (number < least) {
    return Failure{fmt::format("must be greater than or equal to {}", bounds.substr(0, bar)), kNoNode, {}};
  }
  if (number <= most) return std::nullopt;
  return Failure{fmt::format("must be less than or equal to {}", bounds.substr(bar + 1)), kNoNode, {}};
}

// Items of a list that are none of the words.
std::optional<Failure> unknown_items(const Tree& tree, NodeId list, std::string_view words) {
  Failure found;
  for (const NodeId item : tree.items(list)) {
    if (is_string(tree, item) && contains_word(words, tree.text(item))) continue;
    found.message += found.message.empty() ? "contains unknown values: " : ", ";
    found.message += ruby::to_s(tree, item);
    if (found.place == kNoNode) found.place = item;
  }
  if (found.place == kNoNode) return std::nullopt;
  return found;
}

std::optional<Failure> exactly_one_key_failure(const Tree& tree, NodeId map, std::string_view keys) {
  std::size_t found = 0;
  any_word(keys, [&](std::string_view key) {
    found += tree.find(map, key) != kNoNode ? 1 : 0;
    return false;
  });
  if (found == 1) return std::nullopt;
  return Failure{"must use exactly one of these keys: " + joined_words(keys), kNoNode, {}};
}

// What the executors take of an image: `docker: {platform, user}` and `kubernetes: {user}`. Texts are those of the
// JSON schema that GitLab judges them by.
std::optional<Failure> executor_options_failure(const Tree& tree, NodeId image) {
  Failure found;
  const auto add = [&](std::string text, NodeId place) {
    found.message += found.message.empty() ? "" : ", ";
    found.message += text;
    if (found.place == kNoNode) found.place = place;
  };
  for (const std::string_view executor : {"docker", "kubernetes"}) {
    const NodeId options = tree.find(image, executor);
    if (options == kNoNode || tree.kind(options) == ValueKind::null) continue;
    if (!tree.is_mapping(options)) {
      add(fmt::format("value at `/{}` is not an object", executor), options);
      continue;
    }
    const std::string_view known = executor == "docker" ? "platform|user" : "user";
    for (const yaml::Entry& entry : tree.entries(options)) {
      const std::string key = ruby::to_s(tree, entry.key);
      const std::string path = fmt::format("/{}/{}", executor, key);
      const bool number_too = executor == "kubernetes" && is_kind(tree, entry.value, ValueKind::integer);
      if (!contains_word(known, key)) {
        add(fmt::format("object property at `{}` is a disallowed additional property", path), entry.key);
      } else if (!is_string(tree, entry.value) && !number_too) {
        add(fmt::format("value at `{}` is not a string", path), entry.value);
      } else if (is_string(tree, entry.value) && tree.text(entry.value).empty()) {
        add(fmt::format("string length at `{}` is less than: 1", path), entry.value);
      }
    }
  }
  if (found.place == kNoNode) return std::nullopt;
  return found;
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
    case Check::hash_or_string: return "should be a hash or a string";
    case Check::array_or_string: return "should be an array or a string";
    case Check::string_or_symbol: return "should be a string or symbol";
    case Check::hashes: return "should be an array of hashes";
    case Check::product_variables: return "should be a hash of key value pairs, value can be an array";
    case Check::cache_policy: return "should be a variable or one of: pull-push, push, pull";
    case Check::date_time: return "must be a valid datetime";
    case Check::duration_or_never: return "should be a duration";
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
    case Check::hash_or_string: return is_kind(tree, value, ValueKind::mapping) || is_string(tree, value);
    case Check::array_or_string: return is_kind(tree, value, ValueKind::sequence) || is_string(tree, value);
    case Check::string_or_symbol: return is_text(tree, value);
    case Check::hashes: return are_hashes(tree, value);
    case Check::fewest_items: return reaches(tree, value, argument);
    case Check::product_variables: return are_product_variables(tree, value);
    case Check::without_stars: return have_no_stars(tree, value);
    case Check::artifact_title: return is_artifact_title(tree, value);
    case Check::cache_policy: return is_cache_policy(tree, value);
    case Check::environment_name: return is_environment_name(tree, value);
    case Check::date_time: return is_date_time(tree, value);
    case Check::duration_or_never:
      return is_string(tree, value) && (tree.text(value) == "never" || seconds(tree, value).has_value());
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

std::string joined_words(std::string_view list) {
  std::string joined;
  any_word(list, [&](std::string_view word) {
    joined += joined.empty() ? "" : ", ";
    joined += word;
    return false;
  });
  return joined;
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
    case Check::exclusive_keys: return exclusive_keys_failure(scope, validation.argument);
    case Check::expression: return expression_failure(scope, value);
    case Check::cache_key: return is_text(tree, value) ? cache_key_failure(tree, value) : std::nullopt;
    case Check::whole_number: return number_failure(tree, value, validation.argument);
    case Check::known_items: return unknown_items(tree, value, validation.argument);
    case Check::exactly_one_key: return exactly_one_key_failure(tree, value, validation.argument);
    case Check::executor_options: return executor_options_failure(tree, scope.config);
    default: break;
  }
  if (meets(scope, validation, value)) return std::nullopt;
  if (!validation.message.empty()) return Failure{std::string(validation.message), kNoNode, {}};
  return Failure{text_of(scope, validation, value), kNoNode, {}};
}

}  // namespace willrun::model
