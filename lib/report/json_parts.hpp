// What objects of several commands hold (docs/json.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include <willrun/report.hpp>

namespace willrun::report {

using Json = nlohmann::ordered_json;

// The whole object as it is printed. Bytes that are no UTF-8 cannot stand in JSON: they become U+FFFD.
std::string text_of(const Json& json);
Json json_place(const SourceFiles& files, Span span, const ShownPaths& paths);
Json json_rule(const std::optional<DecidingRule>& rule, const SourceFiles& files, const ShownPaths& paths);
// null for an empty text
Json optional_text(std::string_view text);
std::string_view word(LeftOut reason);

}  // namespace willrun::report
