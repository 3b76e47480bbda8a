#include "common/progress.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace willrun::tools {

namespace {

constexpr std::chrono::seconds kPatience{1};
constexpr std::chrono::milliseconds kPause{100};  // between two changes of the line
constexpr std::uint32_t kUsualColumns = 80;

// Of a text with names of files: no control characters, and no half of a character at the cut.
std::string fitted(std::string_view text, std::size_t most) {
  std::string line(text.substr(0, most));
  if (text.size() > most) {
    while (!line.empty() && (static_cast<unsigned char>(text[line.size()]) & 0xC0U) == 0x80U) line.pop_back();
  }
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '?');
  return line;
}

}  // namespace

Progress::Progress(std::ostream& out, bool terminal, std::uint32_t columns, Clock clock)
    : out_(out), terminal_(terminal), columns_(columns == 0 ? kUsualColumns : columns), clock_(std::move(clock)) {
  begin();
}

void Progress::begin() {
  erase();
  begun_ = clock_();
}

void Progress::show(std::string_view text) {
  if (!terminal_) return;
  const auto now = clock_();
  if (now - begun_ < kPatience || (visible_ && now - shown_ < kPause)) return;
  out_ << '\r' << fitted(text, columns_ - 1) << "\x1b[K" << std::flush;
  shown_ = now;
  visible_ = true;
}

void Progress::erase() {
  if (!visible_) return;
  out_ << "\r\x1b[K" << std::flush;
  visible_ = false;
}

}  // namespace willrun::tools
