// Why a block cannot be filled in.
#pragma once

#include <string>
#include <string_view>

#include "diag/codes.hpp"

namespace willrun::inputs {

struct BlockError {
  diag::Code code = diag::Code::interpolation_unknown;
  std::string_view place;   // the part of the text that holds the block
  std::string message;      // as Diagnostic::message
  std::string gitlab_text;  // as Diagnostic::gitlab_text
  std::string help;         // as Diagnostic::help
};

}  // namespace willrun::inputs
