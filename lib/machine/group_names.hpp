// What must be known of a pattern's text before RE2 sees it.
#pragma once

#include <string>
#include <string_view>

namespace willrun::machine {

struct RewrittenPattern {
  std::string text;            // with `(?P<name>` for `(?<name>`, which Debian's RE2 does not know
  bool ends_in_quote = false;  // a `\Q` without `\E` reaches the end
};

// Linear; every text is accepted, and what is invalid stays so.
RewrittenPattern rewrite_groups(std::string_view pattern);

}  // namespace willrun::machine
