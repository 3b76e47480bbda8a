#include "common/fixes.hpp"

#include <algorithm>
#include <fstream>

#include "common/read_file.hpp"

namespace willrun::tools {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

FixedText with_fixes(std::string_view text, std::vector<Fix> fixes) {
  std::ranges::stable_sort(fixes, {}, [](const Fix& fix) { return fix.span.begin; });
  FixedText fixed;
  std::size_t done = 0;
  for (const Fix& fix : fixes) {
    if (fix.span.begin < done) continue;
    fixed.text.append(text.substr(done, fix.span.begin - done)).append(fix.text);
    done = fix.span.end;
    ++fixed.made;
  }
  fixed.text.append(text.substr(done));
  return fixed;
}

Replaced replace_text(const std::filesystem::path& path, std::string_view known, std::string_view text) {
  const FileText now = read_file(path);
  if (!now.failure.empty() || !now.text.ends_with(known)) return Replaced::changed_meanwhile;
  const std::string mark = now.text.substr(0, now.text.size() - known.size());
  if (!mark.empty() && mark != kByteOrderMark) return Replaced::changed_meanwhile;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << mark << text;
  return out.flush() ? Replaced::done : Replaced::not_writable;
}

}  // namespace willrun::tools
