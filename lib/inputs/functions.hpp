// The functions of a block, `| truncate(0,8) | posix_escape`: one table, in functions.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/options.hpp>

#include "inputs/block_error.hpp"
#include "vars/scope.hpp"

namespace willrun::inputs {

// What functions may look at. Refers to a scope that lives elsewhere.
struct FunctionContext {
  const vars::Scope& variables;
  std::uint64_t longest_value = 0;  // bytes of the longest value of a variable
  Limits limits;
};

// A text that a function made of a text, or why it could not.
struct FunctionResult {
  std::string text = {};
  std::string error = {};  // GitLab's words behind "error in `NAME` function: "
  bool crashed = false;    // GitLab itself fails
};

// A call that is known to fit its function.
struct FunctionCall {
  std::string_view name;
  std::string_view text;  // as written
  std::string_view arguments[2];
  FunctionResult (*apply)(std::string_view text, const FunctionCall& call, const FunctionContext& context) = nullptr;
};

struct ParsedFunctions {
  std::vector<FunctionCall> calls;
  std::vector<BlockError> errors;  // too many, or one for each text that fits no function
};

ParsedFunctions parse_functions(std::span<const std::string_view> texts, const Limits& limits);

}  // namespace willrun::inputs
