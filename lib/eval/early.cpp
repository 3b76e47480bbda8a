#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/utf8.hpp"
#include "eval/decide.hpp"

namespace willrun::eval {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `[ci skip]` and `[skip ci]`, in any letter case and with a blank, `-` or `_` between the words, anywhere in the
// message.
bool has_skip_marker(std::string_view message) {
  constexpr std::size_t kLength = 9;  // "[ci skip]"
  for (std::size_t at = message.find('['); at != std::string_view::npos; at = message.find('[', at + 1)) {
    std::string marker(message.substr(at, kLength));
    std::transform(marker.begin(), marker.end(), marker.begin(), lower);
    std::replace_if(
        marker.begin(), marker.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
    if (marker == "[ci skip]" || marker == "[skip ci]") return true;
  }
  return false;
}

Decision failed(Step step, std::string message, std::string_view reason) {
  Decision decision;
  decision.stopped_at = step;
  decision.errors.push_back(std::move(message));
  decision.failure_reason = reason;
  return decision;
}

std::optional<std::string> duplicate_names(const std::vector<Variable>& variables) {
  std::unordered_map<std::string_view, int> seen;
  std::vector<std::string_view> twice;
  for (const Variable& variable : variables) {
    if (++seen[variable.key] == 2) twice.push_back(variable.key);
  }
  if (twice.empty()) return std::nullopt;
  return fmt::format("Duplicate variable name{}: {}", twice.size() == 1 ? "" : "s", fmt::join(twice, ", "));
}

bool is_word(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

std::optional<std::string> invalid_key(const std::vector<Variable>& variables) {
  constexpr std::size_t kLongest = 255;
  std::vector<std::string_view> problems;
  for (const Variable& variable : variables) {
    if (utf8::is_blank(variable.key)) problems.push_back("Key can't be blank");
    if (utf8::length(variable.key) > kLongest) problems.push_back("Key is too long (maximum is 255 characters)");
    const std::string key = utf8::strip(variable.key);
    if (key.empty() || !std::all_of(key.begin(), key.end(), is_word)) {
      problems.push_back("Key can contain only letters, digits and '_'.");
    }
    if (problems.empty()) continue;
    return fmt::format("Failed to build pipeline variables: Validation failed: {}", fmt::join(problems, ", "));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Decision> refuse_early(const Trigger& trigger, const Limits& limits) {
  // What a trigger job hands on was allowed upstream.
  const bool handed_on = trigger.upstream || trigger.source == PipelineSource::parent_pipeline;
  // The trigger API itself gives the payload.
  const bool by_endpoint = trigger.source == PipelineSource::trigger || trigger.source == PipelineSource::pipeline;
  const auto given = [&](const Variable& variable) { return !by_endpoint || variable.key != "TRIGGER_PAYLOAD"; };
  if (!trigger.may_set_variables && !handed_on &&
      std::any_of(trigger.variables.begin(), trigger.variables.end(), given))
    return failed(Step::variables, "Insufficient permissions to set pipeline variables", "");
  if (auto text = duplicate_names(trigger.variables)) return failed(Step::variables, std::move(*text), "config_error");
  if (auto text = invalid_key(trigger.variables)) return failed(Step::variables, std::move(*text), "config_error");
  if (trigger.honours_skip() && (trigger.skip_option || has_skip_marker(trigger.commit_message))) {
    Decision decision;
    decision.stopped_at = Step::skip;
    decision.status = Decision::Status::skipped;
    return decision;
  }
  if (trigger.inputs.size() > limits.pipeline_inputs) {
    return failed(Step::inputs, fmt::format("There cannot be more than {} inputs", limits.pipeline_inputs), "");
  }
  return std::nullopt;
}

}  // namespace willrun::eval
