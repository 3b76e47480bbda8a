#include "common/watcher.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <system_error>
#include <utility>

#include "common/paths.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

// Folders are watched, never files: an editor that saves by renaming puts a new file in the place of the old one.
constexpr std::uint32_t kEvents =
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr int kForever = -1;
// A file's time is that of the kernel's last tick.
constexpr std::chrono::milliseconds kTick{10};

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::system_category(), what); }

bool is_yaml(const fs::path& path) { return path.extension() == ".yml" || path.extension() == ".yaml"; }

// The nearest folder around a path that exists: what is missing would appear in it.
fs::path existing_folder(fs::path path) {
  std::error_code error;
  do path = path.parent_path();
  while (!fs::is_directory(path, error) && path.has_relative_path());
  return path;
}

class FileWatcher : public Watcher {
 public:
  FileWatcher() {
    sigemptyset(&ends_);
    sigaddset(&ends_, SIGINT);
    sigaddset(&ends_, SIGTERM);
    if (::pthread_sigmask(SIG_BLOCK, &ends_, &before_) != 0) fail("signals");
    signals_ = ::signalfd(-1, &ends_, SFD_CLOEXEC | SFD_NONBLOCK);
    events_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (signals_ < 0 || events_ < 0) fail("inotify");
  }
  ~FileWatcher() override {
    ::close(events_);
    ::close(signals_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  void watch(const Watched& watched, fs::file_time_type since) override {
    watched_ = watched;
    for (const fs::path& file : watched.files) add_file(file);
    std::set<fs::path> folders;
    for (const fs::path& file : watched_.files) folders.insert(existing_folder(file));
    for (const fs::path& tree : watched.trees) add_tree(tree, folders);
    std::erase_if(folders_, [&](const auto& known) {
      if (folders.contains(known.second)) return false;
      ::inotify_rm_watch(events_, known.first);
      return true;
    });
    for (const fs::path& folder : folders) add_folder(folder);
    missed_ = changed_since(since);
  }

  // Only what is watched keeps it waiting: a build that writes beside it does not.
  bool wait() override {
    bool changed = std::exchange(missed_, false);
    Clock::time_point rested = Clock::now() + kRest;
    while (true) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(rested - Clock::now());
      if (changed && left.count() <= 0) return true;
      if (!poll_once(changed ? static_cast<int>(left.count()) : kForever)) return false;
      if (!take_events()) continue;
      changed = true;
      rested = Clock::now() + kRest;
    }
  }

 private:
  // A link counts where it stands and where it leads.
  void add_file(const fs::path& file) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error);
    if (!error) watched_.files.insert(real);
  }

  static void add_tree(const fs::path& tree, std::set<fs::path>& folders) {
    folders.insert(tree);
    std::error_code error;
    fs::recursive_directory_iterator entry(tree, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
      std::error_code ignored;
      if (!entry->is_directory(ignored) || entry->is_symlink(ignored)) continue;
      if (entry->path().filename() == ".git") {
        entry.disable_recursion_pending();
      } else {
        folders.insert(entry->path());
      }
    }
  }

  // The same folder has the same number again. One that went in the meantime is found out by its parent.
  void add_folder(const fs::path& folder) {
    const int number = ::inotify_add_watch(events_, folder.c_str(), kEvents);
    if (number >= 0) {
      folders_[number] = folder;
    } else if (errno == ENOSPC) {
      fail("too many folders to watch (fs.inotify.max_user_watches)");
    }
  }

  // What changed before its folder was watched. A time to come is that of a wrong clock, and would count for ever.
  bool changed_since(fs::file_time_type since) const {
    const auto now = fs::file_time_type::clock::now();
    for (const fs::path& file : watched_.files) {
      std::error_code error;
      const auto written = fs::last_write_time(file, error);
      if (!error && written > since - kTick && written <= now) return true;
    }
    return false;
  }

  // False: there is to be an end. The signal is taken, or it would end the program once it is let through again.
  bool poll_once(int milliseconds) const {
    std::array<pollfd, 2> both = {{{signals_, POLLIN, 0}, {events_, POLLIN, 0}}};
    if (::poll(both.data(), both.size(), milliseconds) < 0) return errno == EINTR;
    signalfd_siginfo taken;
    return both[0].revents == 0 || ::read(signals_, &taken, sizeof taken) < 0;
  }

  // Whether one of the events that wait is about something watched.
  bool take_events() {
    alignas(inotify_event) std::array<char, 16384> block;
    bool changed = false;
    for (ssize_t size = 0; (size = ::read(events_, block.data(), block.size())) > 0;) {
      for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(block.data() + at);
        changed = concerns(*event) || changed;
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    }
    return changed;
  }

  bool concerns(const inotify_event& event) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) return true;
    const auto folder = folders_.find(event.wd);
    if (folder == folders_.end()) return false;
    const fs::path path = event.len > 0 ? folder->second / event.name : folder->second;
    if ((event.mask & IN_IGNORED) != 0) folders_.erase(folder);
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0) return true;
    if (watched_.files.contains(path)) return true;
    if ((event.mask & IN_ISDIR) != 0) return holds_watched(path);
    return is_yaml(path) && is_in_tree(path);
  }

  // A folder in which something watched is, or could be now.
  bool holds_watched(const fs::path& folder) const {
    if (folder.filename() != ".git" && is_in_tree(folder)) return true;
    const auto next = watched_.files.lower_bound(folder);
    return next != watched_.files.end() && is_below(*next, folder);
  }

  bool is_in_tree(const fs::path& path) const {
    return std::ranges::any_of(watched_.trees, [&](const fs::path& tree) { return is_below(path, tree); });
  }

  sigset_t ends_{};
  sigset_t before_{};
  int signals_ = -1;
  int events_ = -1;
  Watched watched_;
  std::map<int, fs::path> folders_;  // by the kernel's number
  bool missed_ = false;
};

}  // namespace

std::unique_ptr<Watcher> make_file_watcher() { return std::make_unique<FileWatcher>(); }

}  // namespace willrun::tools
