#include "willrun/hook_file.hpp"

#include <fstream>
#include <string_view>
#include <system_error>

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

namespace fs = std::filesystem;

// The work is done by `willrun pre-push`, so that a newer willrun needs no newer hook. A text that was ever written is
// never changed here but joined by the next one: by it a file is known to be ours. The dot keeps the last newline.
constexpr std::string_view kScript =
    "#!/bin/sh\n"
    "# Written by `willrun install-hook`; `willrun install-hook --uninstall` takes it away.\n"
    "refs=$(cat; echo .)\n"
    "refs=${refs%.}\n"
    "if [ -x \"$0.before-willrun\" ]; then printf %s \"$refs\" | \"$0.before-willrun\" \"$@\" || exit; fi\n"
    "if ! command -v willrun > /dev/null; then echo 'willrun is not on the PATH: this push is not checked' >&2; exit "
    "0; "
    "fi\n"
    "printf %s \"$refs\" | willrun pre-push";
constexpr std::string_view kArguments = " \"$@\"\n";

std::string script(bool strict) { return std::string(kScript).append(strict ? " --strict" : "").append(kArguments); }

[[noreturn]] void refuse(const fs::path& path, const std::string& why) { throw CannotRun(path.string() + ": " + why); }

void move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) refuse(from, "cannot be renamed to " + to.filename().string() + ": " + error.message());
}

// Links that lead nowhere are there too.
bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

fs::path beside(const fs::path& path, std::string_view ending) {
  fs::path made = path;
  return made += ending;
}

void write_runnable(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  constexpr auto kRunnable = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                             fs::perms::others_read | fs::perms::others_exec;
  if (out) fs::permissions(path, kRunnable, error);
  if (!out || error) refuse(path, "cannot be written");
}

}  // namespace

HookFile::HookFile(const fs::path& hooks) : path_(hooks / "pre-push"), before_(beside(path_, ".before-willrun")) {}

bool HookFile::is_ours() const {
  const tools::FileText text = tools::read_file(path_);
  return text.failure.empty() && (text.text == script(false) || text.text == script(true));
}

std::string HookFile::install(bool strict) {
  const bool ours = is_ours();
  if (ours && tools::read_file(path_).text == script(strict)) return "is installed already in " + path_.string();
  const bool other = !ours && is_there(path_);
  if (other && is_there(before_))
    refuse(path_, "this hook is not willrun's, and " + before_.filename().string() +
                      " is there already: move one of them away first");
  if (other && fs::is_directory(path_)) refuse(path_, "it is a directory");
  write(strict);
  std::string done = (ours ? "changed in " : "installed in ") + path_.string();
  if (other) done += "; the hook that was there is kept as " + before_.filename().string() + " and runs first";
  return done;
}

// Whole or not at all: git never meets half a hook, and the old one is back when the new one cannot take its place.
void HookFile::write(bool strict) const {
  const fs::path draft = beside(path_, ".willrun-draft");
  const bool other = is_there(path_) && !is_ours();
  try {
    write_runnable(draft, script(strict));
    if (other) move_file(path_, before_);
    move_file(draft, path_);
  } catch (const CannotRun&) {
    std::error_code ignored;
    if (other && !is_there(path_)) fs::rename(before_, path_, ignored);
    fs::remove(draft, ignored);
    throw;
  }
}

std::string HookFile::uninstall() {
  if (!is_there(path_)) {
    if (is_there(before_)) {
      move_file(before_, path_);
      return "was gone from " + path_.string() + "; the hook that was there before it is back";
    }
    return "is not installed in " + path_.string();
  }
  if (!is_ours()) refuse(path_, "this hook is not as willrun wrote it, and is left alone");
  if (is_there(before_)) {
    move_file(before_, path_);
    return "taken away from " + path_.string() + "; the hook that was there before it is back";
  }
  std::error_code error;
  if (!fs::remove(path_, error)) refuse(path_, "cannot be removed");
  return "taken away from " + path_.string();
}

}  // namespace willrun::cli
