#include "inputs/input_errors.hpp"

#include <fmt/format.h>

namespace willrun::inputs {

void InputErrors::add(diag::Code code, Span span, std::string_view input, std::string message,
                      std::string_view complaint) {
  add_whole(code, span, std::move(message), fmt::format("`{}` input: {}", input, complaint));
}

void InputErrors::add_whole(diag::Code code, Span span, std::string message, std::string gitlab_text) {
  if (crashed_) return;
  diagnostics_.push_back(diag::make(code, span, std::move(message), std::move(gitlab_text)));
}

void InputErrors::crash(Span span, std::string message) {
  if (crashed_) return;
  diagnostics_.clear();
  diagnostics_.push_back(diag::make(diag::Code::inputs_crash, span, std::move(message)));
  crashed_ = true;
}

}  // namespace willrun::inputs
