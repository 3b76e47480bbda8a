// Names as they stand in host names and paths.
#pragma once

#include <string>
#include <string_view>

namespace willrun {

// Lower case of any script, every character outside a-z and 0-9 a '-', cut to 63 characters, then without '-' at the
// ends. Runs of '-' stay. Source: documentation of CI_COMMIT_REF_SLUG; fact "Slugs and commit text".
std::string slug(std::string_view name);

}  // namespace willrun
