// Values as Ruby's to_s spells them: what `=~` searches when its left side is no string.
#pragma once

#include <string>

#include "machine/operand.hpp"

namespace willrun::machine {

std::string spell(const Operand& operand);

}  // namespace willrun::machine
