#include <willrun/fixes.hpp>

#include <algorithm>
#include <array>

#include "diag/codes.hpp"

namespace willrun {

namespace {

using enum diag::Code;

constexpr std::array kSafe = {expression_loose, keyword_deprecated};
constexpr std::array kUnsafe = {keyword_unknown,        expression_syntax,     value_not_possible, variable_misspelt,
                                undefined_is_not_empty, match_with_text,       variable_in_quotes, empty_text_counts,
                                negated_operand,        scalar_read_otherwise, text_not_compared};

bool has(std::span<const diag::Code> codes, std::string_view id) {
  return std::ranges::any_of(codes, [&](diag::Code code) { return diag::row(code).id == id; });
}

}  // namespace

std::string_view to_string(FixKind kind) {
  switch (kind) {
    case FixKind::none: return {};
    case FixKind::safe: return "safe";
    case FixKind::unsafe: return "unsafe";
  }
  return {};
}

FixKind fix_kind(std::string_view code) {
  if (has(kSafe, code)) return FixKind::safe;
  return has(kUnsafe, code) ? FixKind::unsafe : FixKind::none;
}

FixedText with_fixes(std::string_view text, std::vector<Fix> fixes) {
  std::ranges::stable_sort(fixes, {}, [](const Fix& fix) { return fix.span.begin; });
  FixedText fixed;
  std::size_t done = 0;
  const Fix* last = nullptr;
  for (const Fix& fix : fixes) {
    const bool again = last != nullptr && fix.span == last->span && fix.text == last->text;
    if (again) ++fixed.mended;
    if (again || fix.span.begin < done) continue;
    fixed.text.append(text.substr(done, fix.span.begin - done)).append(fix.text);
    done = fix.span.end;
    last = &fix;
    ++fixed.mended;
  }
  fixed.text.append(text.substr(done));
  return fixed;
}

FixedText with_fixes(std::string_view text, FileId file, std::span<const Diagnostic> findings, bool unsafe) {
  std::vector<Fix> fixes;
  for (const Diagnostic& finding : findings) {
    if (!finding.fix || finding.fix->span.file != file) continue;
    if (unsafe || fix_kind(finding.code) == FixKind::safe) fixes.push_back(*finding.fix);
  }
  return with_fixes(text, std::move(fixes));
}

}  // namespace willrun
