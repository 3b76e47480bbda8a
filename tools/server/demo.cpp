#include "server/demo.hpp"

#include <future>
#include <stdexcept>

#include <fmt/format.h>

#include <willrun/inputs.hpp>

#include "common/text.hpp"
#include "common/value_json.hpp"
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

// One word for a POSIX shell, in quotes where it needs them.
std::string shell_word(std::string_view text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
  return tools::shell_quoted(text);
}

// Of the file alone: files that it includes may be far away, and are not needed for its own inputs.
std::vector<InputSpec> inputs_of(const Project& project, const ProjectRepository& repository) {
  const auto sha = repository.default_commit();
  const auto sources = sha ? repository.sources(*sha, {}) : nullptr;
  if (!sources) return {};
  FileAnswer file = sources->read({.path = project.config_path});
  if (file.status != FileAnswer::Status::found) return {};
  MemoryFiles alone;
  alone.add(project.config_path, std::move(file.text));
  return input_specs(load(project.config_path, alone, {}));
}

// The last option is seldom the default, and shows more than that.
std::string example_value(const InputSpec& spec) {
  const auto text = [](const Value& value) {
    return value.kind() == ValueKind::string ? value.text() : tools::json_text(value);
  };
  if (!spec.options.empty()) return text(spec.options.back());
  if (spec.default_value && !spec.default_value->is_null()) return text(*spec.default_value);
  switch (spec.type) {
    case InputType::array: return "[]";
    case InputType::boolean: return "true";
    case InputType::number: return "1";
    case InputType::string: break;
  }
  return "value";
}

// ` --form-string 'inputs[NAME]=VALUE'` for each input that is required; with `first`, also for the first one.
std::string example_inputs(const std::vector<InputSpec>& specs, bool first) {
  std::string out;
  for (const InputSpec& spec : specs) {
    if (!spec.required && !(first && &spec == &specs.front())) continue;
    out.append(" --form-string ").append(shell_word("inputs[" + spec.name + "]=" + example_value(spec)));
  }
  return out;
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
  const SnapshotPointer snapshot = running.service.snapshot();
  const Project& project = snapshot->configuration.projects.front();
  const ProjectRepository& repository = snapshot->creator.repository(project);
  const std::string branch = shell_word(repository.default_branch());
  const std::vector<InputSpec> inputs = inputs_of(project, repository);
  return fmt::format(
      "Serving {} as project 1, {}, at {}\n"
      "\n"
      "  trigger token  {}\n"
      "  access token   {}\n"
      "\n"
      "The page, signed in by what stands behind the #, which browsers do not send:\n"
      "  {}/#token={}\n"
      "Start a pipeline:\n"
      "  curl --request POST --form token={} --form ref={}{} \\\n"
      "       \"{}/api/v4/projects/1/trigger/pipeline\"\n"
      "Ask what it would be{}, and store nothing:\n"
      "  curl --request POST --form token={} --form ref={} --form dry_run=true{} \\\n"
      "       \"{}/api/v4/projects/1/trigger/pipeline\"\n"
      "Look at pipelines and tokens:\n"
      "  curl --header \"PRIVATE-TOKEN: {}\" \"{}/api/v4/projects/1/pipelines\"\n"
      "  curl --header \"PRIVATE-TOKEN: {}\" \"{}/api/v4/projects/1/triggers\"\n"
      "\n"
      "Everything is forgotten when the server stops (Ctrl-C).\n",
      project.repository.string(), project.path, running.url, token, demo.access_token, running.url, demo.access_token,
      token, branch, example_inputs(inputs, false), running.url, inputs.empty() ? "" : ", with inputs", token, branch,
      example_inputs(inputs, true), running.url, demo.access_token, running.url, demo.access_token, running.url);
}

}  // namespace willrun::server
