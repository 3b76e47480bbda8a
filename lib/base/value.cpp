#include <willrun/value.hpp>

#include <cmath>

namespace willrun {

Value Value::text(ValueKind kind, std::string text) {
  Value value(std::move(text));
  value.kind_ = kind;
  return value;
}

Value Value::reference(Value target) {
  Value value(Sequence{std::move(target)});
  value.kind_ = ValueKind::reference;
  return value;
}

const Value* Value::find(std::string_view key) const {
  if (kind_ != ValueKind::mapping) return nullptr;
  for (const auto& [name, value] : pairs()) {
    const bool named = name.kind_ == ValueKind::string || name.kind_ == ValueKind::symbol;
    if (named && name.text() == key) return &value;
  }
  return nullptr;
}

bool operator==(const Value& a, const Value& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.kind_ == ValueKind::floating && std::isnan(a.floating()) && std::isnan(b.floating())) return true;
  return a.data_ == b.data_;
}

}  // namespace willrun
