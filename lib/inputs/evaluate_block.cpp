#include "inputs/evaluate_block.hpp"

#include <fmt/format.h>

#include "inputs/access.hpp"

namespace willrun::inputs {

namespace {

BlockError wrong_input(const FunctionCall& call) {
  return {
      diag::Code::interpolation_function,
      call.text,
      fmt::format("`{}` takes a text, found another type", call.name),
      fmt::format("error in `{0}` function: invalid input type: {0} can only be used with string inputs", call.name),
      {}};
}

BlockError failed_call(const FunctionCall& call, const FunctionResult& result) {
  const diag::Code code = result.crashed ? diag::Code::inputs_crash : diag::Code::interpolation_function;
  std::string gitlab_text = result.crashed ? "" : fmt::format("error in `{}` function: {}", call.name, result.error);
  return {code, call.text, fmt::format("`{}` fails: {}", call.text, result.error), std::move(gitlab_text), {}};
}

}  // namespace

BlockValue evaluate_block(yaml::Tree& tree, const Block& block, const BlockContext& context, Span span) {
  const BlockParts parts = split_block(block.data);
  AccessResult access = follow_access(tree, context.root, parts.access, context.functions.limits);
  BlockValue result{access.value, std::move(access.errors), 0};
  if (!result.errors.empty()) return result;
  ParsedFunctions functions = parse_functions(parts.functions, context.functions.limits);
  result.errors = std::move(functions.errors);
  for (std::size_t i = 0; i < functions.calls.size() && result.errors.empty(); ++i) {
    const FunctionCall& call = functions.calls[i];
    if (!tree.is_string(result.value)) {
      result.errors.push_back(wrong_input(call));
      break;
    }
    const FunctionResult made = call.apply(tree.text(result.value), call, context.functions);
    if (!made.error.empty()) {
      result.errors.push_back(failed_call(call, made));
    } else {
      result.value = tree.add_string(made.text, span);
      result.made += made.text.size();
    }
  }
  return result;
}

}  // namespace willrun::inputs
