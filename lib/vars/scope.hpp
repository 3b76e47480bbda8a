// Variables by name.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include <willrun/variables.hpp>

namespace willrun::vars {

// What expansion needs to know of a variable. Refers to a value that lives elsewhere.
struct Entry {
  std::optional<std::string_view> value;  // no value: GitLab's null
  bool file = false;
  bool masked = false;
  bool raw = false;
};

// Where expansion looks names up: a list of variables here, slots of a trigger elsewhere.
class Scope {
 public:
  virtual ~Scope() = default;
  // No value: the name is not defined.
  virtual std::optional<Entry> find(std::string_view name) const = 0;
};

// The last variable of each name in a list, which must stay where it is.
class ListScope final : public Scope {
 public:
  explicit ListScope(std::span<const Variable> variables);
  std::optional<Entry> find(std::string_view name) const override;

 private:
  std::unordered_map<std::string_view, const Variable*> last_;
};

}  // namespace willrun::vars
