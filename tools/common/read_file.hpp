// Reading a file that a user named, without surprises: no directory, no device, nothing huge.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>

namespace willrun::tools {

// GitLab refuses a configuration over 2 MiB, and the loader says so. A file over this is no configuration at all, and
// is not even read.
inline constexpr std::uint64_t kLargestFile = std::uint64_t{16} << 20U;

struct FileText {
  std::string text;
  std::string failure;   // "no such file"; empty when the text was read
  bool missing = false;  // the failure is that there is no such file
};

// Reads a regular file of at most `most` bytes. The size is checked before anything is read.
FileText read_file(const std::filesystem::path& path, std::uint64_t most = kLargestFile);

// Reads a stream to its end, or gives up behind `most` bytes.
FileText read_stream(std::istream& stream, std::uint64_t most = kLargestFile);

}  // namespace willrun::tools
