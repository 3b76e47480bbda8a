// Texts in XML.
#pragma once

#include <string>
#include <string_view>

namespace willrun::report {

// A text for an element or a quoted attribute. Characters that XML 1.0 does not have, and bytes that are no UTF-8,
// become U+FFFD; line breaks and tabs are written as references, so that attributes keep them.
std::string xml(std::string_view text);

}  // namespace willrun::report
