#include "yaml/read.hpp"

#include <fmt/format.h>

#include "diag/codes.hpp"
#include "yaml/builder.hpp"
#include "yaml/libyaml_reader.hpp"
#include "yaml/syntax_message.hpp"

namespace willrun::yaml {

namespace {

Diagnostic diagnostic_of(const ReadError& error, const ReadRequest& request, const Limits& limits) {
  if (error.kind == ReadError::Kind::syntax) {
    return syntax_diagnostic(error, request.text, request.file, request.base);
  }
  const std::uint32_t at = request.base + error.offset;
  return diag::make(diag::Code::yaml_too_big, {request.file, at, at + 1},
                    fmt::format("nested deeper than {} levels", limits.scan_depth), "The parsed YAML is too big");
}

ReadAnswer answer_of(Builder& builder) {
  ReadAnswer answer;
  answer.error = builder.error();
  answer.has_symbol_key = builder.has_symbol_key();
  if (!answer.error) answer.root = builder.root();
  return answer;
}

}  // namespace

ReadAnswer read_document(Tree& tree, const ReadRequest& request, const LoadOptions& options, ReadNotes* notes) {
  const ReadOptions read_options{request.byte_order_mark, options.limits.scan_depth};
  Builder builder(tree, request.file, request.text, request.base);
  const auto error = read_libyaml(request.text, read_options, builder);
  (void)notes;
  if (error) return {kNoNode, diagnostic_of(*error, request, options.limits), false};
  return answer_of(builder);
}

}  // namespace willrun::yaml
