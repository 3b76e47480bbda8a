// Conditions with texts that nothing is compared with.
#pragma once

#include "lint/subject.hpp"

namespace willrun::lint {

// Whether a text stands alone beside a comparison, which the check `text-not-compared` tells.
bool has_lone_text(const Condition& condition);

}  // namespace willrun::lint
