// A line that says how far long work is.
#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <string_view>

namespace willrun::tools {

// One line on a terminal, which appears when work takes over a second and goes when it is done or before anything else
// is printed. On a stream that is no terminal nothing is ever written. Threads: not shared.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // `columns` of the terminal, 0 when they are not known: a line that is folded could not be erased.
  Progress(std::ostream& out, bool terminal, std::uint32_t columns = 0, Clock clock = std::chrono::steady_clock::now);
  ~Progress() { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Work begins: its second starts now.
  void begin();
  // What is done at this moment: "3 of 200 files: ci/build.yml". Cheap, so that it can be called at every step.
  void show(std::string_view text);
  // Takes the line away; the next show() brings it back.
  void erase();

 private:
  std::ostream& out_;
  bool terminal_;
  std::uint32_t columns_;
  Clock clock_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point shown_;
  bool visible_ = false;
};

}  // namespace willrun::tools
