#include "scenario/edit.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "scenario/yaml_text.hpp"

namespace willrun::scenario {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// An item of a list, or an entry of a map.
struct Element {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // behind the last character that is no blank
  bool stays = true;
};

class Editor {
 public:
  explicit Editor(std::string_view text)
      : text_(text), line_break_(text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n") {}

  void revise(const YamlNode& map, const YamlEntry& entry, const Value& wanted) {
    const YamlNode& node = entry.value;
    if (reads_as(node, wanted)) return;
    const bool maps = node.kind == ValueKind::mapping && wanted.kind() == ValueKind::mapping;
    const bool lists = node.kind == ValueKind::sequence && wanted.kind() == ValueKind::sequence;
    const bool done = (maps && revise_map(node, wanted)) || (lists && revise_list(node, wanted));
    if (!done) rewrite(map, entry, wanted);
  }

  // From behind the colon, so that what was on lines of its own goes too.
  void rewrite(const YamlNode& map, const YamlEntry& entry, const Value& wanted) {
    const auto& [key, node] = entry;
    const std::size_t colon = text_.find_first_not_of(kBlanks, key.span.end);
    if (colon == std::string_view::npos || text_[colon] != ':') return;
    const auto begin = static_cast<std::uint32_t>(colon + 1);
    const std::uint32_t end = std::max(begin, trimmed_end(node.span));
    put(node.span.file, begin, end,
        map.flow ? fmt::format(" {}", flow_text(wanted)) : block_text(wanted, column(key.span.begin)));
  }

  void add_entry(const YamlNode& map, std::string_view key, const Value& value) {
    if (map.entries.empty()) return;
    const YamlNode& first = map.entries.front().key;
    const std::uint32_t end = trimmed_end(map.entries.back().value.span);
    const std::uint32_t last = std::max(end, trimmed_end(map.entries.back().key.span));
    add(map, last, column(first.span.begin), entry_text(map, column(first.span.begin), std::string(key), value));
  }

  std::vector<Fix> take() { return std::move(fixes_); }

 private:
  // Numbers and the like may stand for the text that they are written as.
  bool reads_as(const YamlNode& node, const Value& wanted) const {
    if (node.value() == wanted) return true;
    const bool scalar = node.items.empty() && node.entries.empty() && !node.is_null();
    return scalar && wanted.kind() == ValueKind::string &&
           text_.substr(node.span.begin, node.span.end - node.span.begin) == wanted.text();
  }

  bool revise_map(const YamlNode& map, const Value& wanted) {
    std::vector<Element> elements;
    for (const auto& [key, value] : map.entries) {
      const std::uint32_t end = std::max(trimmed_end(key.span), trimmed_end(value.span));
      elements.push_back({key.span.begin, end, value_of(wanted, key.value()) != nullptr});
    }
    std::vector<std::string> added;
    const std::size_t indent = elements.empty() ? 0 : column(elements.front().begin);
    for (const auto& [key, value] : wanted.pairs()) {
      if (value_of(map.value(), key) == nullptr) added.push_back(entry_text(map, indent, key.text(), value));
    }
    if (!change(map, elements, indent, added)) return false;
    for (const YamlEntry& entry : map.entries) {
      if (const Value* value = value_of(wanted, entry.key.value())) revise(map, entry, *value);
    }
    return true;
  }

  bool revise_list(const YamlNode& list, const Value& wanted) {
    std::vector<Element> elements;
    for (const YamlNode& item : list.items) {
      const bool stays = std::ranges::count(wanted.items(), item.value()) > 0;
      elements.push_back({item.span.begin, trimmed_end(item.span), stays});
    }
    std::vector<std::string> added;
    const Value written = list.value();
    for (const Value& item : wanted.items()) {
      if (std::ranges::count(written.items(), item) == 0)
        added.push_back(fmt::format("{}{}", list.flow ? "" : "- ", flow_text(item)));
    }
    return change(list, elements, dash_column(elements), added);
  }

  // By key, whatever its kind.
  static const Value* value_of(const Value& map, const Value& key) {
    const auto found = std::ranges::find_if(map.pairs(), [&](const auto& pair) { return pair.first == key; });
    return found == map.pairs().end() ? nullptr : &found->second;
  }

  // Takes elements out and adds others behind the last one that stays; not where none stays.
  bool change(const YamlNode& collection, const std::vector<Element>& elements, std::size_t indent,
              const std::vector<std::string>& added) {
    const auto last = std::ranges::find(elements.rbegin(), elements.rend(), true, &Element::stays);
    if (last == elements.rend()) return false;
    for (const std::string& one : added) add(collection, last->end, indent, one);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].stays) continue;
      const std::size_t first = i;
      while (i + 1 < elements.size() && !elements[i + 1].stays) ++i;
      remove(collection, elements, first, i);
    }
    return true;
  }

  // Elements `first` to `last`, with a comma or their lines. In brackets, what follows moves up; at the end what is
  // before goes.
  void remove(const YamlNode& collection, const std::vector<Element>& elements, std::size_t first, std::size_t last) {
    const FileId file = collection.span.file;
    if (!collection.flow) {
      put(file, line_start(elements[first].begin), line_end(elements[last].end), {});
    } else if (last + 1 < elements.size()) {
      put(file, elements[first].begin, elements[last + 1].begin, {});
    } else {
      put(file, elements[first - 1].end, elements[last].end, {});
    }
  }

  void add(const YamlNode& collection, std::uint32_t behind, std::size_t indent, const std::string& element) {
    if (collection.flow) return put(collection.span.file, behind, behind, fmt::format(", {}", element));
    const std::uint32_t at = line_end(behind);
    const bool ends_line = at > 0 && text_[at - 1] == '\n';
    const std::string line = std::string(indent, ' ') + element;
    put(collection.span.file, at, at, ends_line ? line + "\n" : fmt::format("\n{}", line));
  }

  static std::string entry_text(const YamlNode& map, std::size_t indent, const std::string& key, const Value& value) {
    if (map.flow) return fmt::format("{}: {}", flow_text(key), flow_text(value));
    return flow_text(key) + ":" + (value.is_null() ? std::string() : block_text(value, indent));
  }

  void put(FileId file, std::uint32_t begin, std::uint32_t end, std::string_view text) {
    std::string broken;
    for (const char c : text) broken += c == '\n' ? std::string(line_break_) : std::string(1, c);
    fixes_.push_back({{file, begin, end}, std::move(broken)});
  }

  std::uint32_t trimmed_end(Span span) const {
    const std::size_t last = text_.substr(0, span.end).find_last_not_of(kBlanks);
    return std::max(span.begin, static_cast<std::uint32_t>(last + 1));
  }

  std::uint32_t line_start(std::uint32_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
  }

  // Behind the line break, or at the end of the text.
  std::uint32_t line_end(std::uint32_t at) const {
    const std::size_t found = text_.find('\n', at);
    return static_cast<std::uint32_t>(found == std::string_view::npos ? text_.size() : found + 1);
  }

  std::size_t column(std::uint32_t at) const { return at - line_start(at); }

  std::size_t dash_column(const std::vector<Element>& elements) const {
    if (elements.empty()) return 0;
    const std::uint32_t start = line_start(elements.front().begin);
    const std::size_t dash = text_.substr(0, elements.front().begin).rfind('-');
    return dash == std::string_view::npos || dash < start ? 0 : dash - start;
  }

  std::string_view text_;
  std::string_view line_break_;
  std::vector<Fix> fixes_;
};

const YamlEntry* entry_of(const YamlNode& map, std::string_view key) {
  const auto found = std::ranges::find_if(
      map.entries, [&](const YamlEntry& entry) { return entry.key.value() == Value(std::string(key)); });
  return found == map.entries.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Fix> value_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& wanted) {
  Editor editor(text);
  if (const auto* entry = entry_of(map, key)) editor.revise(map, *entry, wanted);
  return editor.take();
}

std::vector<Fix> rewrite_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& wanted) {
  Editor editor(text);
  if (const auto* entry = entry_of(map, key)) editor.rewrite(map, *entry, wanted);
  return editor.take();
}

std::vector<Fix> entry_fixes(std::string_view text, const YamlNode& map, std::string_view key, const Value& value) {
  Editor editor(text);
  editor.add_entry(map, key, value);
  return editor.take();
}

}  // namespace willrun::scenario
