#include "glob/braces.hpp"

namespace willrun::glob {

void Braces::close_group(const std::vector<std::uint32_t>& marks, std::uint32_t close) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    next_[marks[i]] = i + 1 < marks.size() ? marks[i + 1] : close;
    if (i > 0) after_[marks[i]] = close + 1;
  }
  after_[close] = close + 1;
}

std::optional<Braces> Braces::scan(std::string_view glob) {
  Braces braces;
  if (glob.find('{') == std::string_view::npos) return braces;
  braces.next_.assign(glob.size(), 0);
  braces.after_.assign(glob.size(), 0);
  std::vector<std::vector<std::uint32_t>> open;  // of each open group its `{` and the commas so far
  for (std::uint32_t at = 0; at < glob.size(); ++at) {
    const char byte = glob[at];
    if (byte == '\\') {
      ++at;
    } else if (byte == '{') {
      open.push_back({at});
    } else if (byte == ',' && !open.empty()) {
      open.back().push_back(at);
    } else if (byte == '}' && !open.empty()) {
      braces.close_group(open.back(), at);
      open.pop_back();
    }
  }
  if (!open.empty()) return std::nullopt;
  return braces;
}

}  // namespace willrun::glob
