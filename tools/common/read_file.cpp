#include "common/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace willrun::tools {

namespace {

// Closes its descriptor.
class Descriptor {
 public:
  // Non-blocking, since opening a pipe would wait for its writer.
  explicit Descriptor(const std::filesystem::path& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

FileText unreadable(std::string failure) { return {{}, std::move(failure), false}; }

FileText failed_by_errno() {
  const int code = errno;
  if (code == ENOENT || code == ENOTDIR) return {{}, "no such file", true};
  if (code == EACCES) return unreadable("permission denied");
  return unreadable(std::system_category().message(code));
}

FileText too_large(std::string_view what, std::uint64_t most) {
  return unreadable(std::string(what) + ", more than the " + mebibytes(most) +
                    " that are read (GitLab's limit is 2 MiB)");
}

FileText read_all(int descriptor, std::uint64_t most) {
  FileText read;
  std::array<char, 65536> block;
  while (true) {
    const ssize_t size = ::read(descriptor, block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed_by_errno();
    if (size == 0) return read;
    read.text.append(block.data(), static_cast<std::size_t>(size));
    if (read.text.size() > most) return too_large("it grows while it is read", most);
  }
}

}  // namespace

FileText read_file(const std::filesystem::path& path, std::uint64_t most) {
  const Descriptor file(path);
  if (file.number() < 0) return failed_by_errno();
  struct stat facts {};
  if (::fstat(file.number(), &facts) != 0) return failed_by_errno();
  if (S_ISDIR(facts.st_mode)) return unreadable("it is a directory");
  if (!S_ISREG(facts.st_mode)) return unreadable("it is not a regular file (`-` reads standard input)");
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size > most) return too_large("it has " + mebibytes(size), most);
  return read_all(file.number(), most);
}

FileText read_stream(std::istream& stream, std::uint64_t most) {
  FileText read;
  std::array<char, 65536> block;
  while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
    read.text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    if (read.text.size() > most) return too_large("the input is longer", most);
  }
  return read;
}

}  // namespace willrun::tools
