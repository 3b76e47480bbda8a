#include "willrun/fix.hpp"

#include <fstream>
#include <set>

#include <willrun/fixes.hpp>

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Spans count behind a byte order mark, which stays.
std::size_t fix_file(const std::filesystem::path& path, std::string_view known, FileId file,
                     std::span<const Diagnostic> findings, bool unsafe) {
  const FixedText fixed = with_fixes(known, file, findings, unsafe);
  if (fixed.mended == 0) return 0;
  const tools::FileText now = tools::read_file(path);
  if (!now.failure.empty() || !now.text.ends_with(known)) return 0;
  const std::string mark = now.text.substr(0, now.text.size() - known.size());
  if (!mark.empty() && mark != kByteOrderMark) return 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << mark << fixed.text;
  if (!out.flush()) throw CannotRun("--fix: " + path.string() + " cannot be written");
  return fixed.mended;
}

}  // namespace

std::size_t apply_fixes(const std::filesystem::path& root, std::span<const Diagnostic> findings,
                        const SourceFiles& files, bool unsafe) {
  std::set<FileId> touched;
  for (const Diagnostic& finding : findings) {
    if (finding.fix) touched.insert(finding.fix->span.file);
  }
  std::size_t made = 0;
  for (const FileId file : touched) made += fix_file(root / files.name(file), files.text(file), file, findings, unsafe);
  return made;
}

}  // namespace willrun::cli
