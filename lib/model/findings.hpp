// Collects what the model says: each finding with its place in GitLab's words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/codes.hpp"
#include "model/entry.hpp"

namespace willrun::model {

// Where an entry stands, as GitLab names it: "jobs:build:rules:rule".
std::string location(const Scope& scope);

// Adds to a list that the caller owns.
class Findings {
 public:
  explicit Findings(std::vector<Diagnostic>& out) : out_(out) {}

  // A validation of an entry failed. GitLab lower-cases the whole text.
  void entry(diag::Code code, const Scope& scope, std::string_view attribute, std::string_view message, Span span);
  // The same of the entry itself, without a word like "config" before the message.
  void whole(diag::Code code, const Scope& scope, std::string_view message, Span span);
  // A text of GitLab that stands as it is.
  void plain(diag::Code code, std::string gitlab_text, Span span);
  // A finding of ours about which GitLab says nothing.
  void ours(diag::Code code, std::string message, Span span);

  std::vector<Diagnostic>& all() { return out_; }
  // Errors added through this object.
  std::size_t errors() const { return errors_; }

 private:
  std::vector<Diagnostic>& out_;
  std::size_t errors_ = 0;
};

}  // namespace willrun::model
