// Files of other projects, components, templates and remote places, as settings name them.
#include "common/sources.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "common/recorded_files.hpp"
#include "tools/git_folder.hpp"
#include "tools/run_command.hpp"

namespace willrun::tools {
namespace {

using Status = FileAnswer::Status;

FileAnswer project_file(Sources& sources, std::string_view project, std::string_view path, std::string_view ref = {}) {
  return sources.read({.origin = FileOrigin::project, .path = path, .project = project, .ref = ref});
}

FileAnswer component(Sources& sources, std::string_view address) {
  return sources.read({.origin = FileOrigin::component, .path = address, .project = {}, .ref = {}});
}

TEST(Sources, ReadOtherProjectsFromFolders) {
  const ScratchFolder folder;
  folder.write("other/ci/a.yml", "a: 1\n");
  Settings settings;
  settings.projects["g/other"] = folder.path() / "other";
  Sources sources(folder.path(), settings);
  EXPECT_EQ(project_file(sources, "G/Other", "ci/a.yml").text, "a: 1\n");
  EXPECT_EQ(project_file(sources, "g/other", "none.yml").status, Status::not_found);
  EXPECT_EQ(project_file(sources, "g/other", "../.willrun.yml").status, Status::failed);
  EXPECT_EQ(project_file(sources, "g/unknown", "a.yml").status, Status::denied);
}

TEST(Sources, ListOtherProjects) {
  const ScratchFolder folder;
  folder.write("plain/a.txt", "");
  GitFolder git(folder.path() / "repo");
  git.commit("old.txt", "");
  git.run("tag v1");
  git.commit("new.txt", "");
  Settings settings;
  settings.projects["g/plain"] = folder.path() / "plain";
  settings.projects["g/repo"] = folder.path() / "repo";
  Sources sources(folder.path(), settings);
  const auto listed = [&](const std::string& project, const std::string& ref) {
    const ProjectTree tree = sources.tree_of(project, ref);
    if (tree.status == ProjectTree::Status::denied) return std::string("denied");
    if (tree.status == ProjectTree::Status::unknown_ref) return std::string("unknown ref");
    std::string names;
    for (const std::string& path : tree.paths) names.append(path).append(" ");
    return names;
  };
  EXPECT_EQ(listed("g/plain", ""), "a.txt ");
  EXPECT_EQ(listed("G/Repo", ""), "new.txt old.txt ");
  EXPECT_EQ(listed("g/repo", "v1"), "old.txt ");
  EXPECT_EQ(listed("g/repo", "v2"), "unknown ref");
  EXPECT_EQ(listed("g/none", ""), "denied");
}

TEST(Sources, ReadOtherProjectsFromRepositories) {
  const ScratchFolder folder;
  GitFolder git(folder.path() / "repo");
  git.commit("a.yml", "old\n");
  git.run("tag v1");
  git.run("branch -M main");
  git.commit("a.yml", "new\n");
  git.run("tag -a v2 -m two");
  git.run("clone -q --bare . ../bare.git");
  Settings settings;
  settings.projects["g/p"] = folder.path() / "bare.git";
  Sources sources(folder.path(), settings);
  EXPECT_EQ(project_file(sources, "g/p", "a.yml").text, "new\n");
  EXPECT_EQ(project_file(sources, "g/p", "a.yml", "v1").text, "old\n");
  EXPECT_EQ(project_file(sources, "g/p", "a.yml", "v2").text, "new\n");
  EXPECT_EQ(project_file(sources, "g/p", "a.yml", "main").text, "new\n");
  EXPECT_EQ(project_file(sources, "g/p", "b.yml", "v1").status, Status::not_found);
  EXPECT_EQ(project_file(sources, "g/p", "a.yml", "nowhere").status, Status::unknown_ref);
}

TEST(Sources, ResolveComponents) {
  const ScratchFolder folder;
  GitFolder git(folder.path() / "repo");
  git.commit("templates/lint.yml", "first\n");
  git.run("tag 1.0.0");
  git.commit("templates/lint.yml", "second\n");
  git.run("tag 1.2.0");
  git.commit("templates/build/template.yml", "third\n");
  git.run("tag 2.0.0-rc1");
  Settings settings;
  settings.projects["g/c"] = folder.path() / "repo";
  Sources sources(folder.path(), settings);
  EXPECT_EQ(component(sources, "gitlab.com/g/c/lint@1.0.0").text, "first\n");
  const FileAnswer latest = component(sources, "gitlab.com/g/c/lint@~latest");
  EXPECT_EQ(latest.text, "second\n");
  EXPECT_EQ(latest.component.version, "1.2.0");
  EXPECT_EQ(latest.component.name, "lint");
  EXPECT_EQ(latest.component.reference, "~latest");
  EXPECT_EQ(latest.component.sha.size(), 40U);
  EXPECT_EQ(component(sources, "gitlab.com/g/c/build@2.0.0-rc1").text, "third\n");
  EXPECT_EQ(component(sources, "gitlab.com/g/c/none@1.0.0").status, Status::not_found);
  EXPECT_EQ(component(sources, "gitlab.com/g/x/lint@1.0.0").status, Status::denied);
}

TEST(Versions, AreTheNewestThatFits) {
  const std::vector<std::string> tags = {"1.0.0", "1.10.0", "1.9.9", "v2.0.0", "2.1.0-beta", "other"};
  EXPECT_EQ(resolve_version("~latest", tags), "v2.0.0");
  EXPECT_EQ(resolve_version("1", tags), "1.10.0");
  EXPECT_EQ(resolve_version("1.9", tags), "1.9.9");
  EXPECT_EQ(resolve_version("1.0.0", tags), "1.0.0");
  EXPECT_EQ(resolve_version("3", tags), "3");
  EXPECT_EQ(resolve_version("main", tags), "main");
}

// Answers each request with the same text, on loopback.
class Server {
 public:
  explicit Server(std::string answer) : answer_(std::move(answer)) {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(socket_, 4) != 0) std::abort();
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/a.yml"; }
  int requests() const { return requests_; }

 private:
  void serve() {
    for (int client = accept(socket_, nullptr, nullptr); client >= 0; client = accept(socket_, nullptr, nullptr)) {
      char request[4096];
      if (recv(client, request, sizeof request, 0) > 0) ++requests_;
      send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
      close(client);
    }
  }

  std::string answer_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

std::string ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

HttpLimits loopback() {
  HttpLimits limits;
  limits.private_hosts = {"127.0.0.1"};
  return limits;
}

TEST(Http, Fetches) {
  const Server server(ok("a: 1\n"));
  EXPECT_EQ(http_get(server.address(), loopback()).body, "a: 1\n");
}

TEST(Http, RefusesAddressesThatAreNotPublic) {
  const Server server(ok("secret"));
  EXPECT_EQ(http_get(server.address(), {}).failure, "an address that is not public, which is not in `allow_private`");
  for (const char* address : {"http://localhost/", "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/",
                              "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/"})
    EXPECT_NE(http_get(address, {}).failure, "") << address;
  EXPECT_EQ(server.requests(), 0);
}

TEST(Http, FollowsNoRedirectionToOtherSchemes) {
  const Server server("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
  EXPECT_FALSE(http_get(server.address(), loopback()).body);
}

TEST(Http, KeepsToItsLimits) {
  const Server server(ok(std::string(2000, 'x')));
  HttpLimits limits = loopback();
  limits.most_bytes = 1000;
  EXPECT_EQ(http_get(server.address(), limits).failure, "its size: more than 1000 bytes");
  const Server missing("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(http_get(missing.address(), loopback()).failure, "HTTP code `404` error");
}

TEST(Http, CachesWithinBounds) {
  const ScratchFolder folder;
  const HttpCache cache(folder.path() / "cache", 10);
  cache.store("http://a", "12345");
  EXPECT_EQ(cache.find("http://a"), "12345");
  EXPECT_EQ(cache.find("http://b"), std::nullopt);
  cache.store("http://c", "123456");
  EXPECT_EQ(cache.find("http://c"), "123456");
  EXPECT_EQ(cache.find("http://a"), std::nullopt);
  cache.store("http://d", "12345678901");
  EXPECT_EQ(cache.find("http://d"), std::nullopt);
}

TEST(Http, TellsThatItWaits) {
  const Server server(ok("a: 1\n"));
  HttpLimits limits = loopback();
  int times = 0;
  limits.waiting = [&] { ++times; };
  EXPECT_EQ(http_get(server.address(), limits).body, "a: 1\n");
  EXPECT_GT(times, 0);
}

TEST(Sources, ShowWhatIsFetched) {
  const ScratchFolder folder;
  Settings settings;
  settings.cache = folder.path() / "cache";
  settings.remote_hosts = {"127.0.0.1"};
  const Server server(ok("a: 1\n"));
  std::ostringstream shown;
  std::chrono::steady_clock::time_point now;
  Progress progress(shown, true, 80, [&] { return now += std::chrono::seconds(1); });
  Sources sources(folder.path(), settings, {.revision = std::nullopt, .progress = &progress});
  sources.read({.origin = FileOrigin::remote, .path = server.address(), .project = {}, .ref = {}});
  EXPECT_TRUE(shown.str().starts_with("\rfetching " + server.address() + "\x1b[K")) << shown.str();
  EXPECT_TRUE(shown.str().ends_with("\r\x1b[K")) << shown.str();
}

TEST(Sources, AreRecorded) {
  const ScratchFolder folder;
  folder.write("a.yml", "a: 1\n");
  Sources sources(folder.path(), {});
  RecordedFiles files(sources);
  const auto request = [](FileOrigin origin, std::string_view path, std::string_view project = {}) {
    return FileRequest{.origin = origin, .path = path, .project = project, .ref = {}};
  };
  EXPECT_EQ(files.read(request(FileOrigin::local, "a.yml")).text, "a: 1\n");
  EXPECT_EQ(files.read(request(FileOrigin::local, "b.yml")).status, Status::not_found);
  files.read(request(FileOrigin::project, "x.yml", "group/project"));
  files.read(request(FileOrigin::template_file, "Bash.gitlab-ci.yml"));
  EXPECT_FALSE(files.listed());
  EXPECT_EQ(files.list(request(FileOrigin::local, {})).size(), 1U);
  EXPECT_TRUE(files.listed());
  EXPECT_EQ(files.local(), (std::set<std::string>{"a.yml", "b.yml"}));
  EXPECT_EQ(files.out_of_reach(), (std::set<std::string>{"Bash.gitlab-ci.yml", "group/project"}));
}

TEST(Sources, FetchOnceAndThenOffline) {
  const ScratchFolder folder;
  Settings settings;
  settings.cache = folder.path() / "cache";
  settings.remote_hosts = {"127.0.0.1"};
  std::string address;
  {
    const Server server(ok("a: 1\n"));
    address = server.address();
    Sources sources(folder.path(), settings);
    EXPECT_EQ(sources.read({.origin = FileOrigin::remote, .path = address, .project = {}, .ref = {}}).text, "a: 1\n");
  }
  Sources offline(folder.path(), settings, {.revision = std::nullopt, .offline = true});
  EXPECT_EQ(offline.read({.origin = FileOrigin::remote, .path = address, .project = {}, .ref = {}}).text, "a: 1\n");
  EXPECT_EQ(offline.read({.origin = FileOrigin::remote, .path = "http://b", .project = {}, .ref = {}}).status,
            Status::failed);
}

TEST(Settings, AreRead) {
  const ScratchFolder folder;
  folder.write(".willrun.yml",
               "projects: {G/P: ../p}\ntemplates: ci/templates\n"
               "remote: {allow_private: [Localhost], timeout_seconds: 3, cache_bytes: 1000}\n");
  const SettingsOutcome read = read_settings(folder.path() / ".willrun.yml");
  EXPECT_EQ(read.failure, "");
  EXPECT_EQ(read.settings.projects.at("g/p"), (folder.path() / "../p").lexically_normal());
  EXPECT_EQ(read.settings.templates, folder.path() / "ci/templates");
  EXPECT_EQ(read.settings.remote_hosts, std::vector<std::string>{"localhost"});
  EXPECT_EQ(read.settings.remote_timeout.count(), 3);
  EXPECT_EQ(read_settings(folder.path() / "none.yml").failure, "");
}

TEST(Settings, SayWhatIsWrong) {
  const ScratchFolder folder;
  const auto failure = [&](std::string_view text) {
    folder.write("s.yml", text);
    const std::string whole = read_settings(folder.path() / "s.yml").failure;
    return whole.substr(whole.find("s.yml"));
  };
  EXPECT_EQ(failure("project: {}\n"), "s.yml: `project` is not known in the settings; did you mean `projects`?");
  EXPECT_EQ(failure("projects: [a]\n"), "s.yml: projects is no map");
  EXPECT_EQ(failure("remote: {timeout_seconds: soon}\n"), "s.yml: timeout_seconds is no number of at least 0");
  EXPECT_EQ(failure("a: [\n").substr(0, 14), "s.yml: line 2:");
}

TEST(Revisions, AreReadInPlaceOfTheDisk) {
  const ScratchFolder folder;
  GitFolder git(folder.path());
  git.commit(".gitlab-ci.yml", "include: ci/*.yml\nold: {script: x}\n");
  git.commit("ci/a.yml", "inner: {script: x}\n");
  folder.write(".gitlab-ci.yml", "new: {script: x}\n");
  const auto merged = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "merge");
    return cli::run_in(folder.path(), arguments).out;
  };
  EXPECT_EQ(merged({}), "---\nnew:\n  script: x\n");
  EXPECT_EQ(merged({"--rev", "HEAD"}), "---\ninner:\n  script: x\nold:\n  script: x\n");
  EXPECT_EQ(cli::run_in(folder.path(), {"merge", "--rev", "nowhere"}).err,
            "error: --rev: there is no commit `nowhere`\n");
}

}  // namespace
}  // namespace willrun::tools
