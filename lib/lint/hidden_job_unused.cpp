// A hidden job of the file that nothing takes.
#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

class Uses {
 public:
  Uses(const yaml::Tree& tree, yaml::NodeId root) : tree_(tree) { walk(root); }
  bool contains(std::string_view name) const { return names_.contains(name); }

 private:
  void walk(yaml::NodeId node) {
    if (tree_.kind(node) == ValueKind::reference) {
      take_first(tree_.items(node)[0]);
    } else if (tree_.is_mapping(node)) {
      for (const yaml::Entry& entry : tree_.entries(node)) {
        if (tree_.text(entry.key) == "extends") take_all(entry.value);
        walk(entry.value);
      }
    } else {
      for (const yaml::NodeId item : tree_.items(node)) walk(item);
    }
  }
  void take_first(yaml::NodeId list) {
    const auto items = tree_.items(list);
    names_.insert(items.empty() ? tree_.text(list) : tree_.text(items.front()));
  }
  void take_all(yaml::NodeId node) {
    names_.insert(tree_.text(node));
    for (const yaml::NodeId item : tree_.items(node)) names_.insert(tree_.text(item));
  }

  const yaml::Tree& tree_;
  std::set<std::string_view> names_;
};

// Anchors are a matter of the text: `&name` below the job, and `*name` somewhere else in the file.
class Aliases {
 public:
  explicit Aliases(std::string_view text) {
    each_word(text, '*', [&](std::string_view word) { names_.insert(word); });
  }

  bool take_from(std::string_view job) const {
    bool taken = false;
    each_word(job, '&', [&](std::string_view word) { taken = taken || names_.contains(word); });
    return taken;
  }

 private:
  // What stands behind each mark, up to the next blank or bracket.
  template <class Visit>
  static void each_word(std::string_view text, char mark, const Visit& visit) {
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
      const std::size_t stop = std::min(text.find_first_of(" \t\r\n,[]{}", at), text.size());
      if (stop > at + 1) visit(text.substr(at + 1, stop - at - 1));
    }
  }

  std::set<std::string_view> names_;
};

std::string_view text_of(const Subject& subject, const yaml::Entry& entry) {
  const Span key = subject.tree.span(entry.key);
  return subject.files.text(Span{key.file, key.begin, std::max(subject.tree.span(entry.value).end, key.begin)});
}

// A file of hidden jobs only is there for others.
bool has_jobs(const Subject& subject) {
  return std::ranges::any_of(subject.model.jobs, [&](const model::Job& job) { return subject.is_own(job.name.span); });
}

// A file that is included by rules need not be here now, and may take what stands here.
bool has_rules(const yaml::Tree& tree, yaml::NodeId include) {
  return include != yaml::kNoNode &&
         (tree.find(include, "rules") != yaml::kNoNode ||
          std::ranges::any_of(tree.items(include), [&](yaml::NodeId item) { return has_rules(tree, item); }));
}

void find_hidden_job_unused(const Subject& subject, Findings& findings) {
  if (!has_jobs(subject) || has_rules(subject.tree, subject.tree.find(subject.text.content, "include"))) return;
  const Uses uses(subject.tree, subject.merged);
  const Aliases aliases(subject.files.text(subject.tree.span(subject.content).file));
  for (const yaml::Entry& entry : subject.tree.entries(subject.content)) {
    const std::string_view name = subject.tree.text(entry.key);
    if (!name.starts_with('.') || uses.contains(name) || !subject.is_own(subject.tree.span(entry.key))) continue;
    if (!aliases.take_from(text_of(subject, entry)))
      findings.add(subject.tree.span(entry.key), fmt::format("nothing extends {} or refers to it", name));
  }
}

}  // namespace

extern const Check hidden_job_unused;
const Check hidden_job_unused = {diag::Code::hidden_job_unused,
                                 "Hidden jobs run only through `extends`, `!reference` or an alias. One that other "
                                 "files take from here is no mistake: ignore it there.",
                                 find_hidden_job_unused};

}  // namespace willrun::lint
