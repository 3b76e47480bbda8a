#include "willrun/fix.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <vector>

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Spans count behind a byte order mark, which stays.
std::size_t fix_file(const std::filesystem::path& path, std::string_view known, std::vector<const Fix*> fixes) {
  const tools::FileText now = tools::read_file(path);
  if (!now.failure.empty() || !now.text.ends_with(known)) return 0;
  const std::string mark = now.text.substr(0, now.text.size() - known.size());
  if (!mark.empty() && mark != kByteOrderMark) return 0;
  std::ranges::sort(fixes, {}, [](const Fix* fix) { return fix->span.begin; });
  std::string text = mark;
  std::size_t done = 0;
  std::size_t made = 0;
  for (const Fix* fix : fixes) {
    if (fix->span.begin < done) continue;
    text.append(known.substr(done, fix->span.begin - done)).append(fix->text);
    done = fix->span.end;
    ++made;
  }
  text.append(known.substr(done));
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  if (!out.flush()) throw CannotRun("--fix: " + path.string() + " cannot be written");
  return made;
}

}  // namespace

std::size_t apply_fixes(const std::filesystem::path& root, std::span<const Diagnostic> findings,
                        const SourceFiles& files) {
  std::map<FileId, std::vector<const Fix*>> by_file;
  for (const Diagnostic& finding : findings) {
    if (finding.fix) by_file[finding.fix->span.file].push_back(&*finding.fix);
  }
  std::size_t made = 0;
  for (auto& [file, fixes] : by_file) made += fix_file(root / files.name(file), files.text(file), std::move(fixes));
  return made;
}

}  // namespace willrun::cli
