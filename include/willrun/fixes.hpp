// What the fixes of findings do to a configuration, and how texts look with them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <willrun/diagnostic.hpp>

namespace willrun {

// Safe: GitLab does with the text afterwards what it did before, and the finding is gone. Unsafe: the text then says
// what its author probably meant, so that GitLab does something else, or accepts what it refused.
enum class FixKind : std::uint8_t { none, safe, unsafe };
std::string_view to_string(FixKind kind);  // "safe", "unsafe"; empty for none

// The kind of the fixes of a kind of finding, by its code; none: its findings have no fix. Not every finding of the
// others has one: see Diagnostic::fix.
FixKind fix_kind(std::string_view code);

// A text with fixes put in by place, and how many that were. Of fixes that overlap the first one is taken; equal fixes
// are one, and all of them count.
struct FixedText {
  std::string text;
  std::size_t mended = 0;
};
FixedText with_fixes(std::string_view text, std::vector<Fix> fixes);

// The same for those fixes of findings that stand in `file`. Unsafe ones are taken only where `unsafe` says so.
FixedText with_fixes(std::string_view text, FileId file, std::span<const Diagnostic> findings, bool unsafe = false);

}  // namespace willrun
