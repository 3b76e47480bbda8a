#include "report/fold.hpp"

#include <algorithm>

#include "report/printable.hpp"

namespace willrun::report {

namespace {

// A line under construction.
class Lines {
 public:
  Lines(std::string_view head, std::uint32_t used, std::uint32_t indent, std::uint32_t width)
      : out_(head), used_(used), indent_(indent), width_(width) {}

  void word(std::string_view word) {
    const std::uint32_t needed = columns(word);
    if (!fresh_ && width_ != 0 && used_ + 1 + needed > width_) next();
    if (!fresh_) {
      out_ += ' ';
      ++used_;
    }
    out_ += word;
    used_ += needed;
    fresh_ = false;
  }

  void next() {
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
    out_.append(indent_, ' ');
    used_ = indent_;
    fresh_ = true;
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::uint32_t used_;
  std::uint32_t indent_;
  std::uint32_t width_;
  bool fresh_ = true;
};

}  // namespace

std::string fold(std::string_view head, std::uint32_t head_columns, std::string_view text, std::uint32_t indent,
                 std::uint32_t width) {
  Lines lines(head, head_columns, indent, width);
  const std::string safe = printable(text);
  for (std::size_t at = 0; at < safe.size();) {
    const std::size_t end = std::min(safe.find_first_of(" \n", at), safe.size());
    lines.word(std::string_view(safe).substr(at, end - at));
    if (end < safe.size() && safe[end] == '\n') lines.next();
    at = end + 1;
  }
  return lines.take();
}

}  // namespace willrun::report
