#include "base/slug.hpp"

#include "base/utf8.hpp"

namespace willrun {

std::string slug(std::string_view name) {
  constexpr std::size_t kLongest = 63;
  const std::string lower = utf8::lowercase(name);
  std::string out;
  for (std::size_t i = 0; i < lower.size() && out.size() < kLongest; i += utf8::decode(lower, i).size) {
    const char c = lower[i];
    out.push_back((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
  }
  const std::size_t begin = out.find_first_not_of('-');
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of('-') - begin + 1);
}

}  // namespace willrun
