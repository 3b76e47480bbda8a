// Texts that patterns match, for trying conditions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace willrun::machine {

// A short text that the body of a regular expression may match: literals as they are, the first of alternatives, one of
// each class, repetitions as few times as they may be. Only a guess: the caller tries it. None: it has a construct that
// is not known here.
std::optional<std::string> sample_of_regex(std::string_view body);

// Likewise a path for a glob.
std::string sample_of_glob(std::string_view glob);

}  // namespace willrun::machine
