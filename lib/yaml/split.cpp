#include "yaml/split.hpp"

#include <optional>

#include "base/utf8.hpp"

namespace willrun::yaml {

namespace {

constexpr std::size_t kMostParts = 3;
constexpr std::string_view kDashes = "---";

bool is_ruby_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The divider that starts at `at`, if one does.
std::optional<Part> divider_at(std::string_view text, std::size_t at) {
  if (text.substr(at, kDashes.size()) != kDashes) return std::nullopt;
  std::size_t end = at + kDashes.size();
  while (end < text.size() && is_ruby_space(text[end])) ++end;
  if (end == at + kDashes.size()) return std::nullopt;
  return Part{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

std::optional<Part> next_divider(std::string_view text, std::size_t from, bool starts_line) {
  if (starts_line) {
    if (const auto found = divider_at(text, from)) return found;
  }
  for (std::size_t at = text.find("\n---", from); at != std::string_view::npos; at = text.find("\n---", at + 1)) {
    if (const auto found = divider_at(text, at + 1)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Part> split_documents(std::string_view text, bool byte_order_mark) {
  std::vector<Part> parts;
  std::uint32_t begin = 0;
  bool starts_line = !byte_order_mark;
  while (parts.size() + 1 < kMostParts) {
    const auto divider = next_divider(text, begin, starts_line);
    if (!divider) break;
    parts.push_back({begin, divider->begin});
    begin = divider->end;
    starts_line = text[begin - 1] == '\n';
  }
  parts.push_back({begin, static_cast<std::uint32_t>(text.size())});
  const bool is_blank = !byte_order_mark && utf8::is_blank(text.substr(parts.front().begin, parts.front().end));
  if (is_blank && parts.size() > 1) parts.erase(parts.begin());
  return parts;
}

}  // namespace willrun::yaml
