// What expressions compute with: a small value that points to what it does not hold.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include <willrun/value.hpp>

#include "yaml/tree.hpp"

namespace willrun::machine {

class Regex;

enum class OperandKind : std::uint8_t {
  null,
  boolean,
  string,
  integer,
  floating,
  node,   // any other value of an input: a sequence, a mapping, a symbol, a number outside 64 bits
  regex,  // a pattern literal; nothing else makes one
};

// 16 bytes, trivial to copy. Owns nothing: strings, trees and regexes must outlive it. Strings are below 4 GiB.
class Operand {
 public:
  Operand() = default;  // null
  static Operand of(bool value) { return Operand(OperandKind::boolean, Payload{.boolean = value}); }
  static Operand of(std::int64_t value) { return Operand(OperandKind::integer, Payload{.integer = value}); }
  static Operand of(double value) { return Operand(OperandKind::floating, Payload{.floating = value}); }
  static Operand of(std::string_view value) {
    return Operand(OperandKind::string, Payload{.text = value.data()}, static_cast<std::uint32_t>(value.size()));
  }
  static Operand of(const char* value) { return of(std::string_view(value)); }
  static Operand of(const Regex& value) { return Operand(OperandKind::regex, Payload{.regex = &value}); }
  // The value of a node: scalars as themselves, everything else as a reference to the node.
  static Operand of(const yaml::Tree& tree, yaml::NodeId id);

  OperandKind kind() const { return kind_; }
  bool is_null() const { return kind_ == OperandKind::null; }
  // Ruby truth: everything but null and false. `&&` and `||` go by it.
  bool truthy() const { return kind_ > OperandKind::boolean || (kind_ == OperandKind::boolean && payload_.boolean); }

  // Each only for its own kind.
  bool boolean() const { return payload_.boolean; }
  std::int64_t integer() const { return payload_.integer; }
  double floating() const { return payload_.floating; }
  std::string_view string() const { return {payload_.text, size_}; }
  const Regex& regex() const { return *payload_.regex; }
  const yaml::Tree& tree() const { return *payload_.tree; }
  yaml::NodeId node() const { return static_cast<yaml::NodeId>(size_); }

 private:
  union Payload {
    const char* text;
    std::int64_t integer;
    double floating;
    const yaml::Tree* tree;
    const Regex* regex;
    bool boolean;
  };
  Operand(OperandKind kind, Payload payload, std::uint32_t size = 0) : payload_(payload), size_(size), kind_(kind) {}

  Payload payload_{};
  std::uint32_t size_ = 0;  // bytes of a string; the NodeId of a node
  OperandKind kind_ = OperandKind::null;
};
static_assert(sizeof(Operand) == 16 && std::is_trivially_copyable_v<Operand>);

// Whether a rule with this result applies (ActiveSupport's present?): not null, false, empty or Unicode white space
// only.
bool truthful(const Operand& operand);

// GitLab's `==`: a boolean and a string are compared as strings, all else as Ruby does (1 equals 1.0, maps regardless
// of order, "" is not null). A regex on the left is not for here, see Crash::regex_compared.
bool equal(const Operand& left, const Operand& right);

// A value of its own; a regex becomes ValueKind::regexp.
Value to_value(const Operand& operand);

}  // namespace willrun::machine
