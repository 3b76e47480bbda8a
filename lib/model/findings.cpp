#include "model/findings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "model/checks.hpp"
#include "model/keywords.hpp"
#include "ruby/print.hpp"

namespace willrun::model {

namespace {

// `allow_failure` reads "allow failure" in a message.
std::string humanized(std::string_view attribute) {
  std::string words(attribute.empty() ? std::string_view("config") : attribute);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string own_name(const Scope& scope) {
  if (scope.entry.renamed) return std::string(scope.entry.name);
  if (is_blank(scope.tree(), scope.name)) return std::string(scope.entry.name);
  return ruby::to_s(scope.tree(), scope.name);
}

const Scope* job_of(const Scope& scope) {
  const Scope* at = &scope;
  while (at != nullptr && &at->entry != &kJobEntry && &at->entry != &kBridgeEntry) at = at->parent;
  return at;
}

// A text of another job: how the job came by it.
void explain_place(const Scope& scope, Diagnostic& diagnostic) {
  const Scope* job = job_of(scope);
  const compose::Lineage* lineage = scope.context.lineage;
  if (job == nullptr || lineage == nullptr) return;
  const std::string_view name = scope.tree().text(job->name);
  const auto owner = lineage->owner(diagnostic.span);
  if (!owner || *owner == name) return;
  const std::vector<Span> steps = lineage->steps(name, *owner);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) diag::add_label(diagnostic, *step, "extends this job");
  if (!steps.empty()) return;
  const bool keyed = scope.name != yaml::kNoNode && lineage->owner(scope.tree().span(scope.name)) == name;
  diag::add_label(diagnostic, scope.tree().span(keyed ? scope.name : job->name), "refers to it");
}

}  // namespace

std::string location(const Scope& scope) {
  std::string place;
  const Scope* parent = scope.entry.place == Place::alone ? nullptr : scope.parent;
  if (parent != nullptr && scope.entry.place == Place::beside) parent = parent->parent;
  if (parent != nullptr) place = location(*parent);
  const std::string name = own_name(scope);
  if (name.empty()) return place;
  if (!place.empty()) place += ':';
  return place + name;
}

void Findings::entry(diag::Code code, const Scope& scope, std::string_view attribute, std::string_view message,
                     Span span) {
  const std::string place = location(scope);
  std::string text = fmt::format("{}{}{} {}", place, place.empty() ? "" : " ", humanized(attribute), message);
  std::string ours = fmt::format("`{}` {}", attribute.empty() ? own_name(scope) : std::string(attribute), message);
  out_.push_back(diag::make(code, span, std::move(ours), utf8::lowercase(text)));
  explain_place(scope, out_.back());
  ++errors_;
}

void Findings::whole(diag::Code code, const Scope& scope, std::string_view message, Span span) {
  std::string text = fmt::format("{} {}", location(scope), message);
  out_.push_back(diag::make(code, span, fmt::format("`{}` {}", own_name(scope), message), utf8::lowercase(text)));
  ++errors_;
}

void Findings::plain(diag::Code code, std::string gitlab_text, Span span) {
  std::string ours = gitlab_text;
  out_.push_back(diag::make(code, span, std::move(ours), std::move(gitlab_text)));
  if (out_.back().severity == Severity::error) ++errors_;
}

void Findings::ours(diag::Code code, std::string message, Span span) {
  out_.push_back(diag::make(code, span, std::move(message)));
  if (out_.back().severity == Severity::error) ++errors_;
}

}  // namespace willrun::model
