#include <willrun/nearest.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace willrun {

namespace {

constexpr std::size_t kLongest = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b) { return lower(a) == lower(b); }

// Optimal string alignment: Levenshtein's distance where a swap of neighbours costs one.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before{};
  Row previous{};
  Row current{};
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = previous[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      current[j] = std::min({changed, previous[j] + 1, current[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    before = previous;
    previous = current;
  }
  return previous[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view name, std::span<const std::string_view> known, std::size_t most) {
  if (name.empty() || name.size() > kLongest) return {};
  std::size_t limit = std::min(std::max<std::size_t>(name.size() / 3, 1), most);
  std::string_view best;
  for (const std::string_view candidate : known) {
    if (candidate.empty() || candidate.size() > kLongest) continue;
    const std::size_t found = distance(name, candidate);
    if (found > limit || (found == limit && !best.empty())) continue;
    // One letter for another is no misspelling.
    if (found >= std::max(name.size(), candidate.size())) continue;
    best = candidate;
    limit = found;
  }
  return best;
}

std::string suggestion(std::string_view name, std::span<const std::string_view> known) {
  const std::string_view near = nearest(name, known);
  if (near.empty()) return {};
  return std::string("did you mean `").append(near).append("`?");
}

}  // namespace willrun
