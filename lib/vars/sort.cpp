#include "vars/sort.hpp"

#include <string>
#include <unordered_map>

#include "vars/dependencies.hpp"
#include "vars/reference.hpp"

namespace willrun::vars {

namespace {

// GitLab's words. A name in a cycle is one that was referred to, so it needs no escapes.
std::string describe(const std::vector<std::vector<std::uint32_t>>& cycles, std::span<const Variable> variables) {
  std::string out = "circular variable reference detected: ";
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    out += i == 0 ? "[" : ", [";
    for (std::size_t j = 0; j < cycles[i].size(); ++j) {
      out.append(j == 0 ? "\"" : ", \"").append(variables[cycles[i][j]].key).append("\"");
    }
    out += "]";
  }
  return out;
}

// The variables expanded so far; a reference sees the last of them with its name.
class Expansion {
 public:
  Expansion(std::size_t count, const SortOptions& options, const Limits& limits)
      : options_(options), left_(limits.expanded_bytes) {
    done_.reserve(count);  // keys are looked up by views into it
    last_.reserve(count);
  }

  // Whether the values are still within the limit.
  bool add(const Variable& variable) {
    done_.push_back(variable);
    Variable& copy = done_.back();
    if (copy.value && !copy.raw && may_refer(*copy.value)) copy.value = expanded(*copy.value);
    last_[copy.key] = &copy;
    return !over_;
  }

  std::vector<Variable> take() { return std::move(done_); }

 private:
  std::string expanded(std::string_view text) {
    const auto replacement = [&](std::string_view name) -> std::optional<std::string_view> {
      const auto found = last_.find(name);
      if (found == last_.end()) return options_.keep_undefined ? std::nullopt : std::optional<std::string_view>("");
      const Variable& variable = *found->second;
      if (variable.file && !options_.expand_file_refs) return std::nullopt;
      if (variable.raw && !options_.expand_raw_refs) return std::nullopt;
      return within_limit(variable.value ? std::string_view(*variable.value) : std::string_view{});
    };
    return replace_references(text, Pairs::shield, replacement);
  }

  std::string_view within_limit(std::string_view value) {
    over_ = over_ || value.size() > left_;
    if (over_) return {};
    left_ -= value.size();
    return value;
  }

  const SortOptions& options_;
  std::size_t left_;
  bool over_ = false;
  std::vector<Variable> done_;
  std::unordered_map<std::string_view, const Variable*> last_;
};

std::vector<Variable> copy(std::span<const Variable> variables) { return {variables.begin(), variables.end()}; }

}  // namespace

SortedVariables sort_and_expand(std::span<const Variable> variables, const SortOptions& options, const Limits& limits) {
  const Order order = order_by_reference(variables);
  if (!order.cycles.empty()) return {copy(variables), describe(order.cycles, variables)};
  Expansion expansion(variables.size(), options, limits);
  for (const std::uint32_t index : order.sorted) {
    if (expansion.add(variables[index])) continue;
    return {copy(variables), "variable " + variables[index].key + " expands to more than " +
                                 std::to_string(limits.expanded_bytes) + " bytes of values"};
  }
  return {expansion.take(), {}};
}

}  // namespace willrun::vars
