// Putting fixes into files.
#pragma once

#include <filesystem>
#include <span>

#include <willrun/diagnostic.hpp>

namespace willrun::cli {

// Writes the fixes of findings into the files that they stand in, below `root`; the unsafe ones only where `unsafe`
// says so. Returns the number of findings that this mends. A file that has changed since it was read is left alone.
// Throws CannotRun when a file cannot be written.
std::size_t apply_fixes(const std::filesystem::path& root, std::span<const Diagnostic> findings,
                        const SourceFiles& files, bool unsafe);

}  // namespace willrun::cli
