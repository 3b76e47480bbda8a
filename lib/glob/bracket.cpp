#include "glob/bracket.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace willrun::glob {

namespace {

// One spelling of a class, as far as it was read.
struct Partial {
  enum class Expect : std::uint8_t { sign, item, dash, range_end };
  CharacterClass so_far;
  Expect expect = Expect::sign;
  char32_t item = 0;  // read, but not yet known to be the start of a range; valid from `dash` on
};

void add_single(CharacterClass& to, char32_t value) { to.ranges.push_back({value, value}); }

// Ruby compares with both ends first and with what is between them after that, so a reversed range holds its two ends.
void add_range(CharacterClass& to, char32_t first, char32_t last) {
  if (first <= last) return to.ranges.push_back({first, last});
  add_single(to, first);
  add_single(to, last);
}

// Ends what is pending before `]` or before the next item.
void settle(Partial& partial) {
  if (partial.expect == Partial::Expect::dash || partial.expect == Partial::Expect::range_end) {
    add_single(partial.so_far, partial.item);
  }
  if (partial.expect == Partial::Expect::range_end) add_single(partial.so_far, U'-');
  partial.expect = Partial::Expect::item;
}

void take_item(Partial& partial, char32_t value) {
  if (partial.expect == Partial::Expect::range_end) {
    add_range(partial.so_far, partial.item, value);
    partial.expect = Partial::Expect::item;
    return;
  }
  settle(partial);
  partial.item = value;
  partial.expect = Partial::Expect::dash;
}

enum class Step : std::uint8_t { more, closed, unclosed };

// Reads one character that is no brace mark.
Step read_one(std::string_view glob, Partial& partial) {
  std::uint32_t& at = partial.so_far.end;
  if (at >= glob.size()) return Step::unclosed;
  if (glob[at] == ']') {
    settle(partial);
    ++at;
    return Step::closed;
  }
  if (partial.expect == Partial::Expect::sign && (glob[at] == '!' || glob[at] == '^')) {
    partial.so_far.negated = true;
    partial.expect = Partial::Expect::item;
    ++at;
    return Step::more;
  }
  if (partial.expect == Partial::Expect::dash && glob[at] == '-') {
    partial.expect = Partial::Expect::range_end;
    ++at;
    return Step::more;
  }
  if (glob[at] == '\\') ++at;
  if (at >= glob.size()) return Step::unclosed;
  const Character character = character_at(glob, at);
  at += character.size;
  take_item(partial, character.value);
  return Step::more;
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1};
  const utf8::Decoded decoded = utf8::decode(text, at);
  return {decoded.valid ? decoded.code_point : kFirstInvalid + byte, decoded.size};
}

std::vector<CharacterClass> read_bracket(std::string_view glob, const Braces& braces, std::uint32_t begin,
                                         std::uint64_t& budget) {
  std::vector<CharacterClass> complete;
  std::vector<Partial> open(1);
  open.back().so_far.end = begin;
  const auto spend = [&](std::uint64_t steps) { budget -= std::min(budget, steps); };
  while (!open.empty()) {
    Partial& partial = open.back();
    const std::uint32_t at = partial.so_far.end;
    spend(1);
    if (budget == 0) return {};
    if (braces.opens(at)) {
      const Partial before = std::move(partial);
      open.pop_back();
      braces.each_alternative(at, [&](std::uint32_t start) {
        spend(before.so_far.ranges.size() + 1);
        if (budget == 0) return;
        open.push_back(before);
        open.back().so_far.end = start;
      });
    } else if (braces.ends_alternative(at)) {
      partial.so_far.end = braces.after_group(at);
    } else if (const Step step = read_one(glob, partial); step != Step::more) {
      if (step == Step::closed) complete.push_back(std::move(partial.so_far));
      open.pop_back();
    }
  }
  return complete;
}

}  // namespace willrun::glob
