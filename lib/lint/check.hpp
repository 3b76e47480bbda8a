// One lint check: a file of its own in this folder, and a row in checks.cpp.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <willrun/diagnostic.hpp>

#include "diag/codes.hpp"
#include "lint/subject.hpp"

namespace willrun::lint {

// What one check finds. The same place is told once, however many jobs lead to it.
class Findings {
 public:
  Findings(diag::Code code, std::vector<Diagnostic>& out) : code_(code), out_(out) {}

  void add(Span span, std::string message, std::string help = {}, std::optional<Fix> fix = {},
           std::optional<Label> label = {});

 private:
  diag::Code code_;
  std::vector<Diagnostic>& out_;
  std::set<std::tuple<FileId, std::uint32_t, std::uint32_t>> known_;  // file, begin and end
};

struct Check {
  diag::Code code;
  std::string_view advice;  // for the documentation: why it matters and what to do
  void (*run)(const Subject& subject, Findings& findings);
};

// All checks in the order of their codes.
std::span<const Check* const> all_checks();

// What all checks find, by place. Only for sound configurations: GitLab's own findings come first.
std::vector<Diagnostic> run_all(const Subject& subject);

}  // namespace willrun::lint
