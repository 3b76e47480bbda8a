#include "report/json_parts.hpp"

#include "report/place.hpp"

namespace willrun::report {

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json json_place(const SourceFiles& files, Span span, const ShownPaths& paths) {
  if (!has_place(files, span)) return nullptr;
  const LineColumn begin = files.locate(span.file, span.begin);
  const LineColumn end = files.locate(span.file, span.end);
  Json json;
  json["file"] = file_name(files, span.file, paths);
  json["line"] = begin.line;
  json["column"] = begin.column;
  json["end_line"] = end.line;
  json["end_column"] = end.column;
  json["begin"] = span.begin;
  json["end"] = span.end;
  return json;
}

Json json_rule(const std::optional<DecidingRule>& rule, const SourceFiles& files, const ShownPaths& paths) {
  if (!rule) return nullptr;
  return {{"number", rule->index + 1},
          {"if", optional_text(rule->condition)},
          {"place", json_place(files, rule->span, paths)}};
}

Json optional_text(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string_view word(LeftOut reason) {
  switch (reason) {
    case LeftOut::no_rule_matched: return "no_rule_matched";
    case LeftOut::rule_says_never: return "rule_says_never";
    case LeftOut::not_for_this_ref: return "not_for_this_ref";
    case LeftOut::only_or_except: break;
  }
  return "only_or_except";
}

}  // namespace willrun::report
