// Collects what is wrong with a header.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>

#include "yaml/tree.hpp"

namespace willrun::inputs {

// A place in the header as GitLab writes it: `header:spec:inputs:x`.
class HeaderPath {
 public:
  explicit HeaderPath(std::string text) : text_(std::move(text)) {}
  HeaderPath below(std::string_view key) const { return HeaderPath(text_ + ':' + std::string(key)); }
  // The path of an entry whose key is blank or null: GitLab then writes the kind of the entry instead.
  HeaderPath below(const yaml::Tree& tree, yaml::NodeId key, std::string_view kind) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class HeaderFindings {
 public:
  explicit HeaderFindings(const yaml::Tree& tree) : tree_(tree) {}

  // `complaint` is GitLab's text behind the path.
  void add(const HeaderPath& path, yaml::NodeId node, std::string message, std::string_view complaint);
  // A value that should have been a map or null; false, and an error, when it is not.
  bool expect_map(const HeaderPath& path, yaml::NodeId node);
  // Keys beyond the known ones; false, and one error, when there are any.
  bool expect_keys(const HeaderPath& path, yaml::NodeId map, std::span<const std::string_view> known);

  std::size_t count() const { return diagnostics_.size(); }
  std::vector<Diagnostic> take() { return std::move(diagnostics_); }

 private:
  const yaml::Tree& tree_;
  std::vector<Diagnostic> diagnostics_;
};

// A node in our own messages: "the text `a`", "a list", "the number 1"; long texts are cut.
std::string describe(const yaml::Tree& tree, yaml::NodeId node);

}  // namespace willrun::inputs
