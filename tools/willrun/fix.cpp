#include "willrun/fix.hpp"

#include <set>

#include <willrun/fixes.hpp>

#include "common/replace_text.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

std::size_t fix_file(const std::filesystem::path& path, std::string_view known, const FixedText& fixed) {
  if (fixed.mended == 0) return 0;
  switch (tools::replace_text(path, known, fixed.text)) {
    case tools::Replaced::done: return fixed.mended;
    case tools::Replaced::changed_meanwhile: return 0;
    case tools::Replaced::not_writable: break;
  }
  throw CannotRun("--fix: " + path.string() + " cannot be written");
}

}  // namespace

std::size_t apply_fixes(const std::filesystem::path& root, std::span<const Diagnostic> findings,
                        const SourceFiles& files, bool unsafe) {
  std::set<FileId> touched;
  for (const Diagnostic& finding : findings) {
    if (finding.fix) touched.insert(finding.fix->span.file);
  }
  std::size_t made = 0;
  for (const FileId file : touched) {
    const FixedText fixed = with_fixes(files.text(file), file, findings, unsafe);
    made += fix_file(root / files.name(file), files.text(file), fixed);
  }
  return made;
}

}  // namespace willrun::cli
