// Collects what is wrong with the values of inputs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>

#include "diag/codes.hpp"

namespace willrun::inputs {

class InputErrors {
 public:
  // `complaint` is GitLab's text behind "`NAME` input: ".
  void add(diag::Code code, Span span, std::string_view input, std::string message, std::string_view complaint);
  // GitLab's whole text.
  void add_whole(diag::Code code, Span span, std::string message, std::string gitlab_text);
  // GitLab itself fails here, and nothing that comes after counts.
  void crash(Span span, std::string message);

  bool empty() const { return diagnostics_.empty(); }
  bool crashed() const { return crashed_; }
  void advise(std::string help) { diagnostics_.back().help = std::move(help); }
  // After a crash the crash alone.
  std::vector<Diagnostic> take() { return std::move(diagnostics_); }

 private:
  std::vector<Diagnostic> diagnostics_;
  bool crashed_ = false;
};

}  // namespace willrun::inputs
