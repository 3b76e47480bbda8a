// Conditions written anew: the texts of fixes.
#pragma once

#include <optional>
#include <string>

#include "lint/subject.hpp"

namespace willrun::lint {

// The condition as the strict grammar has it, with as few parentheses as its tree allows: `$A == "b" && !$C`.
std::string respelled(const Condition& condition);

// A fix that puts `text` in the place of a part of the condition, in the quotes that the condition has in its file.
// None where a block was filled in, where those quotes cannot hold the text, and where it would be no expression.
std::optional<Fix> rewrite(const Subject& subject, const Condition& condition, expr::Range range,
                           std::string_view text);

// The same, where the tree of the condition stays what it was.
std::optional<Fix> rewrite_same(const Subject& subject, const Condition& condition, expr::Range range,
                                std::string_view text);

}  // namespace willrun::lint
