#include "willrun/fix.hpp"

#include <map>
#include <vector>

#include "common/fixes.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

std::size_t fix_file(const std::filesystem::path& path, std::string_view known, std::vector<Fix> fixes) {
  const tools::FixedText fixed = tools::with_fixes(known, std::move(fixes));
  switch (tools::replace_text(path, known, fixed.text)) {
    case tools::Replaced::done: return fixed.made;
    case tools::Replaced::changed_meanwhile: return 0;
    case tools::Replaced::not_writable: break;
  }
  throw CannotRun("--fix: " + path.string() + " cannot be written");
}

}  // namespace

std::size_t apply_fixes(const std::filesystem::path& root, std::span<const Diagnostic> findings,
                        const SourceFiles& files) {
  std::map<FileId, std::vector<Fix>> by_file;
  for (const Diagnostic& finding : findings) {
    if (finding.fix) by_file[finding.fix->span.file].push_back(*finding.fix);
  }
  std::size_t made = 0;
  for (auto& [file, fixes] : by_file) made += fix_file(root / files.name(file), files.text(file), std::move(fixes));
  return made;
}

}  // namespace willrun::cli
