// The shape of every keyword as data: what its value must be, which keys it may hold, in the order in which GitLab
// judges. lib/model/keywords*.cpp hold the tables; validate.cpp walks them. A new keyword is a row in one of them.
//
// How GitLab judges, and so the walk: an entry runs all its own validations in order; only when none failed are the
// entries under it judged, in the order of the table (not of the file). A key that is absent or null is not judged at
// all.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <willrun/options.hpp>

#include "compose/lineage.hpp"
#include "machine/program.hpp"
#include "model/inherit.hpp"
#include "yaml/tree.hpp"

namespace willrun::model {

// What one validation demands of a value. The message of each is in checks.cpp.
enum class Check : std::uint8_t {
  hash,                      // "should be a hash"
  array,                     // "should be an array"
  string,                    // "should be a string"
  symbol,                    // a key that is a text
  boolean,                   // "should be a boolean value"
  hash_or_array,             // "can only be a hash or an array"
  hash_or_boolean,           // "should be a hash or a boolean value"
  alphanumeric,              // "must be an alphanumeric string"
  plain_string,              // a scalar; "must be a string"
  scalar_value,              // "must be a scalar"
  hash_or_string,            // "should be a hash or a string"
  array_or_string,           // "should be an array or a string"
  string_or_symbol,          // "should be a string or symbol"
  hashes,                    // "should be an array of hashes"
  strings,                   // "should be an array of strings"
  string_or_strings,         // "should be an array of strings or a string"
  integer_or_integers,       // "should be an array of integers or an integer"
  nested_strings,            // "should be an array of strings or a nested array of strings up to 10 levels deep"
  string_or_nested_strings,  // "should be a string or a nested array of strings up to 10 levels deep"
  nested_hashes,             // "should be an array containing hashes and arrays of hashes"
  present,                   // "can't be blank"
  absent,                    // "must be blank"
  longest,                   // argument: most characters or items; "is too long (maximum is N characters)"
  most_entries,              // argument: most items; "has too many entries (maximum N)"
  fewest_items,              // argument: fewest items; the row has the message
  whole_number,              // argument: least and most, "0|2"; "is not a number", "must be an integer", ...
  known_items,               // argument: words; of a list: "contains unknown values: a"
  product_variables,         // "should be a hash of key value pairs, value can be an array"
  one_of,                    // argument: words; "should be one of: a, b"
  must_be_one_of,            // argument: words; "must be one of: a, b"
  known_value,               // argument: words; "unknown value: x"
  known_keys,                // the table's keywords are all there is; "contains unknown keys: a, b"
  known_data,                // argument: keys; "uses invalid data keys: a"
  required_keys,             // argument: keys; "missing required keys: a, b"
  disallowed_keys,           // argument: keys; "contains disallowed keys: a"
  no_keys_with_rules,        // argument: keys; "key may not be used with `rules`: a"
  exclusive_keys,            // argument: keys; "these keys cannot be used together: a, b"
  exactly_one_key,           // argument: keys; "must use exactly one of these keys: a, b"
  cache_key,                 // no "/" in it, and neither "." nor ".."
  cache_policy,              // "should be a variable or one of: pull-push, push, pull"
  without_stars,             // of a list: no `*` in any item; the row has the message
  artifact_title,            // of expose_as: letters, digits, '-', '_' and spaces; the row has the message
  environment_name,          // what may stand in the name of an environment
  executor_options,          // `docker:` and `kubernetes:` of an image; judges the whole map
  date_time,                 // "must be a valid datetime"
  duration,                  // "should be a duration"
  duration_or_never,         // "should be a duration", of artifacts
  duration_within_week,      // "should not exceed the limit"
  duration_within_month,     // "should not exceed the limit"
  expression,                // "invalid expression syntax"
  refs,                      // "should be an array of strings or regular expressions using re2 syntax"
  pattern,                   // "must be a regular expression with re2 syntax"
  fewer_tags,                // argument: a number; "must be less than the limit of N tags"
  in_options,                // the attribute stands in the list under `options`; "must be present in options"
};

class Findings;
struct Entry;

// What holds for the whole walk. Conditions are compiled while they are judged, since only RE2 can say whether a
// pattern in them is one; the model keeps the pool.
struct Context {
  yaml::Tree& tree;  // grows where values have to be made to be judged
  const SourceFiles& files;
  const LoadOptions& options;
  machine::ExpressionPool& conditions;
  const Defaults& defaults;
  yaml::NodeId root;                // of the file
  const compose::Lineage* lineage;  // null: nobody asks how jobs came by their texts
  yaml::NodeId empty_map;           // stands for keywords that are judged where they are absent
};

// What a validation sees. Lives on the stack of the walk.
struct Scope {
  const Context& context;
  const Entry& entry;
  yaml::NodeId config;                // the value; kNoNode never
  yaml::NodeId name = yaml::kNoNode;  // the key it stands under, where there is one
  const Scope* parent = nullptr;

  const yaml::Tree& tree() const { return context.tree; }
  // The value under a key of the map; kNoNode when there is none, it is null, or the value is no map.
  yaml::NodeId attribute(std::string_view key) const;
};

// One demand on an entry's value or on one attribute of it.
struct Validation {
  // What is judged: a key of the map; empty: the value itself, which GitLab calls "config"; Entry::own_key: the key
  // that the entry stands under; "config_KEY": the key of the map, which GitLab calls "config KEY".
  std::string_view attribute;
  Check check;
  std::string_view argument = {};           // words and keys are separated by '|'
  bool (*applies)(const Scope&) = nullptr;  // null: always
  bool judges_null = false;                 // also judges an attribute that is absent or null
  std::string_view message = {};            // in place of the check's own
  std::string_view named = {};              // what messages call the attribute, where not by its key
  bool blames_config = false;               // messages speak of the whole value
};

// A key that may stand in a map.
struct Keyword {
  std::string_view name;
  const Entry* entry = nullptr;   // judged under its own name; null: an attribute that the map's validations judge
  Edition edition = Edition::ce;  // the least edition that knows it
  bool always = false;            // judged as an empty map where it is absent
  bool inherited = false;         // of a job: `default:` gives it where the job has none; of `default:`: the file does
};

// Where messages say that an entry stands.
enum class Place : std::uint8_t {
  under,   // under its parent: "jobs:x:artifacts"
  beside,  // in its parent's place: an item of "jobs:x:caches" is "jobs:x:cache"
  alone,   // nowhere: "retry"
};

struct Entry {
  std::string_view name;  // GitLab's name where no key names it (items of a list): `jobs:x:rules:rule`
  std::span<const Validation> validations = {};
  std::span<const Keyword> keywords = {};
  const Entry* items = nullptr;   // judges each item of a list, nested lists flattened; a map counts as its one item
  const Entry* values = nullptr;  // judges each value of a map, under its key
  // Another entry for this form of the value; null keeps this one.
  const Entry* (*choose)(const Scope&) = nullptr;
  // For forms that no entry takes: the whole message, `{}` standing for the place.
  std::string_view refusal = {};
  std::string_view own_key = {};   // what validations call the key that the entry stands under
  std::string_view text_key = {};  // the attribute that a plain text in place of the map gives
  // Judges what only the entry as a whole shows, after its own validations and whether or not they failed; `sound` is
  // false when they did, and then GitLab knows nothing of what stands under it.
  void (*review)(const Scope&, bool sound, Findings&) = nullptr;
  Place place = Place::under;
  bool renamed = false;  // messages call it by `name`, whatever key it stands under
};

}  // namespace willrun::model
