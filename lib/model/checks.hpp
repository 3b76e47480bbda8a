// The demands of lib/model/entry.hpp: whether a value meets one, and what GitLab says when it does not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/entry.hpp"

namespace willrun::model {

// A check that was not met.
struct Failure {
  std::string message;                          // GitLab's
  yaml::NodeId place = yaml::kNoNode;           // the narrowest node at fault; kNoNode: the value
  std::optional<expr::SyntaxError> expression;  // of a condition: what is wrong, and where inside its text
};

// What is wrong when the value (kNoNode: absent or null) does not meet the row's check.
std::optional<Failure> failure(const Scope& scope, const Validation& validation, yaml::NodeId value);

// Whether ActiveSupport calls the value blank: null, false, empty, or white space only.
bool is_blank(const yaml::Tree& tree, yaml::NodeId value);

// A string or symbol.
bool is_text(const yaml::Tree& tree, yaml::NodeId value);

// A '|' list as messages write it: "a, b".
std::string joined_words(std::string_view list);

// Whether `word` is one of the words between '|' in `list`.
bool contains_word(std::string_view list, std::string_view word);

}  // namespace willrun::model
