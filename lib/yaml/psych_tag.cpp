#include "yaml/psych_tag.hpp"

#include <optional>

namespace willrun::yaml {

namespace {

constexpr std::string_view kReference = "!reference";
constexpr std::string_view kCore = "tag:yaml.org,2002:";

TagAnswer refuse(std::string_view class_name, bool children_first = false) {
  return {TagMeaning::refused, class_name, children_first};
}

// `!!name` or `!name`.
bool is_core(std::string_view tag, std::string_view name) {
  if (tag.starts_with(kCore)) return tag.substr(kCore.size()) == name;
  return tag.starts_with('!') && tag.substr(1) == name;
}

// What follows `prefix` and a colon; empty for the prefix alone; nothing for another tag.
std::optional<std::string_view> class_after(std::string_view tag, std::string_view prefix) {
  if (!tag.starts_with(prefix)) return std::nullopt;
  tag.remove_prefix(prefix.size());
  if (tag.empty()) return tag;
  if (!tag.starts_with(':')) return std::nullopt;
  return tag.substr(1);
}

// As class_after, but the colon must be there.
std::optional<std::string_view> class_named(std::string_view tag, std::string_view prefix) {
  if (tag == prefix) return std::nullopt;
  return class_after(tag, prefix);
}

// As class_after, but the colon may be missing (`!ruby/objectFoo`).
std::optional<std::string_view> class_loosely(std::string_view tag, std::string_view prefix) {
  if (!tag.starts_with(prefix)) return std::nullopt;
  tag.remove_prefix(prefix.size());
  if (tag.starts_with(':')) tag.remove_prefix(1);
  return tag;
}

std::optional<TagAnswer> text_tag(std::string_view tag) {
  if (tag == "tag:yaml.org,2002:str") return TagAnswer{TagMeaning::text, {}, false};
  std::optional<std::string_view> name = class_after(tag, "!str");
  if (!name) name = class_after(tag, "!ruby/string");
  if (!name) return std::nullopt;
  return name->empty() ? TagAnswer{TagMeaning::text, {}, false} : refuse(*name);
}

// A tag that must name a class: without a name Psych calls a method of nil.
TagAnswer refuse_named(std::string_view name) {
  return name.empty() ? TagAnswer{TagMeaning::crash, {}, false} : refuse(name);
}

struct FixedRow {
  std::string_view tag;
  std::string_view class_name;
};
constexpr FixedRow kScalarClasses[] = {
    {"!ruby/object:BigDecimal", "BigDecimal"},
    {"!ruby/object:DateTime", "DateTime"},
    {"!ruby/object:Complex", "Complex"},
    {"!ruby/object:Rational", "Rational"},
    {"!ruby/regexp", "Regexp"},
    {"!ruby/range", "Range"},
};

}  // namespace

TagAnswer scalar_tag(std::string_view tag, std::string_view value) {
  if (tag.empty()) return {};
  if (tag == kReference) return {TagMeaning::reference, {}, false};
  if (is_core(tag, "binary")) return {TagMeaning::binary, {}, false};
  if (const auto text = text_tag(tag)) return *text;
  if (is_core(tag, "float")) return {TagMeaning::floating, {}, false};
  if (!tag.starts_with("!ruby/")) return {};
  for (const FixedRow& row : kScalarClasses) {
    if (row.tag == tag) return refuse(row.class_name);
  }
  if (tag == "!ruby/class" || tag == "!ruby/module") {
    return value.empty() ? TagAnswer{TagMeaning::null, {}, false} : refuse(value);
  }
  if (tag == "!ruby/encoding") return {TagMeaning::encoding, {}, false};
  if (tag.starts_with("!ruby/sym")) return {TagMeaning::symbol, {}, false};
  return {};
}

TagAnswer sequence_tag(std::string_view tag) {
  if (tag.empty()) return {};
  if (tag == kReference) return {TagMeaning::reference, {}, false};
  if (is_core(tag, "omap")) return {TagMeaning::pairs, {}, false};
  if (const auto name = class_named(tag, "!seq")) return refuse_named(*name);
  if (const auto name = class_named(tag, "!ruby/array")) return refuse_named(*name);
  return {};
}

TagAnswer mapping_tag(std::string_view tag) {
  if (tag.empty()) return {};
  if (tag == kReference) return {TagMeaning::reference, {}, false};
  if (const auto text = text_tag(tag)) return *text;
  if (is_core(tag, "set")) return refuse("Psych::Set");
  if (is_core(tag, "omap")) return refuse("Psych::Omap");
  if (const auto name = class_named(tag, "!map")) return refuse_named(*name);
  if (!tag.starts_with("!ruby/")) return {};
  if (const auto name = class_loosely(tag, "!ruby/struct")) return refuse(name->empty() ? "Struct" : *name);
  if (const auto name = class_loosely(tag, "!ruby/object")) {
    if (*name == "Hash") return {};
    return refuse(name->empty() ? "Object" : *name);
  }
  if (const auto name = class_named(tag, "!ruby/array")) return refuse_named(*name);
  if (tag == "!ruby/range") return refuse("Range");
  if (const auto name = class_loosely(tag, "!ruby/exception")) {
    return refuse(name->empty() ? "Exception" : *name, true);
  }
  if (const auto name = class_named(tag, "!ruby/hash")) return refuse_named(*name);
  if (const auto name = class_named(tag, "!ruby/hash-with-ivars")) return refuse_named(*name);
  if (const auto name = class_named(tag, "!ruby/marshalable")) return refuse_named(*name);
  if (const auto name = class_named(tag, "!ruby/data")) return refuse_named(*name);
  if (const auto name = class_named(tag, "!ruby/data-with-ivars")) return refuse_named(*name);
  return {};
}

}  // namespace willrun::yaml
