#include "vars/reference.hpp"

namespace willrun::vars {

namespace {

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

// The longest NAME at `at`; empty when there is none.
std::string_view name_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || !starts_name(text[at])) return {};
  std::size_t end = at + 1;
  while (end < text.size() && in_name(text[end])) ++end;
  return text.substr(at, end - at);
}

// The name between an opening of `opening` bytes at `at` and the byte `close`; empty when it is none.
std::string_view enclosed(std::string_view text, std::size_t at, std::size_t opening, char close) {
  const std::string_view name = name_at(text, at + opening);
  const std::size_t end = at + opening + name.size();
  return end < text.size() && text[end] == close ? name : std::string_view{};
}

}  // namespace

bool ReferenceScanner::next(Reference& found) {
  while ((at_ = text_.find_first_of("$%", at_)) != std::string_view::npos) {
    const std::size_t begin = at_++;
    const char next = at_ < text_.size() ? text_[at_] : '\0';
    if (pairs_ == Pairs::shield && next == text_[begin]) {
      ++at_;
      continue;
    }
    const bool braced = text_[begin] == '$' && next == '{';
    const std::string_view name = text_[begin] == '%' ? enclosed(text_, begin, 1, '%')
                                  : braced            ? enclosed(text_, begin, 2, '}')
                                                      : name_at(text_, at_);
    if (name.empty()) continue;
    const std::size_t around = text_[begin] == '%' ? 2 : braced ? 3 : 1;
    at_ = begin + around + name.size();
    found = {begin, at_, name};
    return true;
  }
  at_ = text_.size();
  return false;
}

}  // namespace willrun::vars
