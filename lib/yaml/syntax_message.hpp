// libyaml's words for a syntax error, and ours.
#pragma once

#include <willrun/diagnostic.hpp>

#include "yaml/events.hpp"

namespace willrun::yaml {

// `text` stands at byte `base` of the file. The span is the character at which the problem was found; what libyaml
// calls the context ("while parsing a block mapping") is a label.
Diagnostic syntax_diagnostic(const ReadError& error, std::string_view text, FileId file, std::uint32_t base);

}  // namespace willrun::yaml
