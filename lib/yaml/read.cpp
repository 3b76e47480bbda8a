#include "yaml/read.hpp"

#include <fmt/format.h>

#include "diag/codes.hpp"
#include "yaml/builder.hpp"
#include "yaml/libyaml_reader.hpp"
#include "yaml/syntax_message.hpp"
#include "yaml/yaml_cpp_reader.hpp"

namespace willrun::yaml {

namespace {

Diagnostic diagnostic_of(const ReadError& error, const ReadRequest& request, const Limits& limits) {
  if (error.kind == ReadError::Kind::syntax) {
    return syntax_diagnostic(error, request.text, request.file, request.base);
  }
  const std::uint32_t at = request.base + error.offset;
  std::string message = error.kind == ReadError::Kind::too_deep
                            ? fmt::format("nested deeper than {} levels", limits.scan_depth)
                            : fmt::format("more than {} values and collections", limits.yaml_events);
  return diag::make(diag::Code::yaml_too_big, {request.file, at, at + 1}, std::move(message),
                    "The parsed YAML is too big");
}

ReadAnswer answer_of(Builder& builder) {
  ReadAnswer answer;
  answer.error = builder.error();
  answer.has_symbol_key = builder.has_symbol_key();
  answer.has_alias = builder.has_alias();
  if (!answer.error) answer.root = builder.root();
  return answer;
}

ReadAnswer read_by_libyaml(Tree& tree, const ReadRequest& request, const ReadOptions& options, const Limits& limits) {
  Builder builder(tree, request.file, request.text, request.base);
  const auto error = read_libyaml(request.text, options, builder);
  if (error) return {kNoNode, diagnostic_of(*error, request, limits)};
  return answer_of(builder);
}

}  // namespace

ReadAnswer read_document(Tree& tree, const ReadRequest& request, const LoadOptions& options, ReadNotes* notes) {
  const Limits& limits = options.limits;
  const ReadOptions read_options{request.byte_order_mark, limits.scan_depth, limits.yaml_events};
  if (options.yaml_reader == YamlReader::libyaml) return read_by_libyaml(tree, request, read_options, limits);
  EventRecord record(request.text);
  const auto error = read_libyaml(request.text, read_options, record);
  if (error) return {kNoNode, diagnostic_of(*error, request, limits)};
  Builder builder(tree, request.file, request.text, request.base);
  const bool may_be_read = record.depth() <= limits.yaml_cpp_depth && record.events().size() <= limits.yaml_cpp_events;
  if (may_be_read && read_yaml_cpp(request.text, record, builder)) return answer_of(builder);
  if (notes != nullptr) notes->yaml_cpp_set_aside = true;
  return read_by_libyaml(tree, request, read_options, limits);
}

}  // namespace willrun::yaml
