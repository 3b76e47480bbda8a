// References to variables in a text: `$NAME`, `${NAME}`, `%NAME%`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace willrun::vars {

struct Reference {
  std::size_t begin = 0;  // bytes in the text
  std::size_t end = 0;
  std::string_view name;
};

// `$$` and `%%` are text in a value that is expanded alone, and shields where the variables of a list are expanded in
// each other: there they stay, and what follows them is not read as a reference.
enum class Pairs : unsigned char { are_text, shield };

// Gives the references of a text in order. Linear in the text.
class ReferenceScanner {
 public:
  ReferenceScanner(std::string_view text, Pairs pairs) : text_(text), pairs_(pairs) {}

  // Whether there was a further reference, which is then in `found`.
  bool next(Reference& found);

 private:
  std::string_view text_;
  Pairs pairs_;
  std::size_t at_ = 0;
};

// Whether the text holds any reference or shielded pair at all.
inline bool may_refer(std::string_view text) { return text.find_first_of("$%") != std::string_view::npos; }

// Copies `text` with each reference replaced. `replacement(name)` gives an optional<string_view>; no value keeps the
// reference as written.
template <class Replacement>
std::string replace_references(std::string_view text, Pairs pairs, Replacement replacement) {
  std::string out;
  std::size_t copied = 0;
  ReferenceScanner scanner(text, pairs);
  for (Reference reference; scanner.next(reference);) {
    const auto value = replacement(reference.name);
    if (!value) continue;
    out.append(text.substr(copied, reference.begin - copied)).append(*value);
    copied = reference.end;
  }
  return out.append(text.substr(copied));
}

}  // namespace willrun::vars
