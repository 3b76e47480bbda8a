#include "report/fingerprint.hpp"

#include <fmt/format.h>

#include "report/place.hpp"

namespace willrun::report {

namespace {

// FNV-1a: the same on every machine.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return value;
}

}  // namespace

std::string Fingerprints::of(const LintedFile& file, const Diagnostic& found) {
  const std::string name =
      has_place(*file.files, found.span) ? file_name(*file.files, found.span.file, file.paths) : std::string(file.path);
  return unique(fmt::format("{}\n{}\n{}", name, found.code, found.message));
}

std::string Fingerprints::of_failure(const LintedFile& file) {
  return unique(fmt::format("{}\n{}", file.path, file.failure));
}

std::string Fingerprints::unique(std::string_view text) {
  const std::uint64_t value = hash(text);
  const std::uint64_t before = seen_[value]++;
  return fmt::format("{:016x}", before == 0 ? value : hash(fmt::format("{}\n{}", text, before)));
}

}  // namespace willrun::report
