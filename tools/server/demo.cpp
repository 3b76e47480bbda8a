#include "server/demo.hpp"

#include <future>
#include <stdexcept>

#include <fmt/format.h>

#include "server/tokens.hpp"

namespace willrun::server {

namespace {

constexpr std::uint64_t kOnly = 1;  // the id of the project, and of its owner

// A part of a project's path: letters, digits, `-`, `_` and `.`.
std::string path_part(const std::filesystem::path& folder) {
  std::string name = folder.filename().string();
  for (char& c : name) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!fits) c = '-';
  }
  return name.empty() ? "project" : name;
}

std::string add_token(Service& service) {
  std::string secret = new_trigger_token();
  TriggerToken token;
  token.project_id = kOnly;
  token.owner_id = kOnly;
  token.description = "demo";
  token.lookup = service.key().lookup(secret);
  token.sealed = service.key().seal(secret);
  token.short_token = short_token(secret);
  token.created_at = token.updated_at = service.now();
  std::promise<std::string> failure;
  service.store().add_trigger_token(std::move(token),
                                    [&](const Stored<TriggerToken>& stored) { failure.set_value(stored.failure); });
  if (const std::string text = failure.get_future().get(); !text.empty()) throw std::runtime_error(text);
  return secret;
}

}  // namespace

Demo make_demo(const std::filesystem::path& folder, const std::filesystem::path& state) {
  std::error_code error;
  std::filesystem::path root = std::filesystem::canonical(folder, error);
  if (error || !std::filesystem::is_directory(root)) throw std::runtime_error("there is no folder " + folder.string());
  Demo demo;
  demo.access_token = new_access_token();
  Configuration& configuration = demo.configuration;
  configuration.store = (state / "willrun.db").string();
  configuration.key_file = state / "willrun.key";
  User owner;
  owner.id = kOnly;
  owner.username = "demo";
  owner.name = "Demo";
  owner.email = "demo@example.com";
  configuration.users.push_back(owner);
  configuration.access_tokens[sha256_hex(demo.access_token)] = 0;
  Project project;
  project.id = kOnly;
  project.path = "demo/" + path_part(root);
  project.repository = std::move(root);
  project.members["demo"] = Role::owner;
  configuration.projects.push_back(std::move(project));
  if (const std::string wrong = check(configuration); !wrong.empty()) throw std::runtime_error(wrong);
  return demo;
}

std::string introduce(const Demo& demo, const Running& running) {
  const std::string token = add_token(running.service);
  const Project& project = running.service.configuration().projects.front();
  const std::string& branch = running.service.creator().repository(project).default_branch();
  return fmt::format(
      "Serving {} as project 1, {}, at {}\n"
      "\n"
      "  trigger token  {}\n"
      "  access token   {}\n"
      "\n"
      "The page, signed in by what stands behind the #, which browsers do not send:\n"
      "  {}/#token={}\n"
      "Start a pipeline:\n"
      "  curl --request POST --form token={} --form ref={} \\\n"
      "       \"{}/api/v4/projects/1/trigger/pipeline\"\n"
      "Ask what it would be, with an input, and store nothing:\n"
      "  curl --request POST --form token={} --form ref={} --form dry_run=true --form \"inputs[name]=value\" \\\n"
      "       \"{}/api/v4/projects/1/trigger/pipeline\"\n"
      "Look at pipelines and tokens:\n"
      "  curl --header \"PRIVATE-TOKEN: {}\" \"{}/api/v4/projects/1/pipelines\"\n"
      "  curl --header \"PRIVATE-TOKEN: {}\" \"{}/api/v4/projects/1/triggers\"\n"
      "\n"
      "Everything is forgotten when the server stops (Ctrl-C).\n",
      project.repository.string(), project.path, running.url, token, demo.access_token, running.url, demo.access_token,
      token, branch, running.url, token, branch, running.url, demo.access_token, running.url, demo.access_token,
      running.url);
}

}  // namespace willrun::server
