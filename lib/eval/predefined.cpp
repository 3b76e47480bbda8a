#include "eval/predefined.hpp"

#include <algorithm>
#include <array>

#include "base/slug.hpp"
#include "base/utf8.hpp"

namespace willrun::eval {

namespace {

using Value = std::optional<std::string>;

constexpr std::size_t kShortSha = 8;
constexpr std::size_t kLongTitle = 100;
constexpr std::size_t kLongestDescription = 2700;         // characters, of a merge request
constexpr std::size_t kLongestReleaseDescription = 1024;  // characters
constexpr std::size_t kLongestMessage = 100'000;          // bytes
constexpr std::string_view kNoMessage = "No commit message";

bool is_branch(const Trigger& t) { return t.ref_kind == RefKind::branch; }
bool is_tag(const Trigger& t) { return t.ref_kind == RefKind::tag; }
Value when(bool exists, std::string value) { return exists ? Value(std::move(value)) : std::nullopt; }

std::string_view scheme(std::string_view url) { return url.substr(0, url.find("://")); }
std::string_view authority(std::string_view url) {
  const std::size_t start = url.find("://");
  return start == std::string_view::npos ? url : url.substr(start + 3, url.find('/', start + 3) - start - 3);
}
std::string host(std::string_view url) { return std::string(authority(url).substr(0, authority(url).find(':'))); }
std::string port(std::string_view url) {
  const std::size_t colon = authority(url).find(':');
  if (colon != std::string_view::npos) return std::string(authority(url).substr(colon + 1));
  return scheme(url) == "http" ? "80" : "443";
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view parent(std::string_view path) { return path.substr(0, path.rfind('/')); }
std::string_view root_part(std::string_view path) { return path.substr(0, path.find('/')); }

std::string cut(std::string_view text) { return std::string(text.substr(0, kLongestMessage)); }
bool blank_message(const Trigger& t) { return utf8::is_blank(t.commit_message); }
std::string_view first_line(std::string_view text) { return text.substr(0, text.find_first_of("\r\n")); }

std::string title(const Trigger& t) {
  return blank_message(t) ? std::string(kNoMessage) : cut(first_line(t.commit_message));
}

// The message behind its title; a long title counts as no title.
std::string description(const Trigger& t) {
  if (blank_message(t)) return std::string(kNoMessage);
  const std::string_view message = t.commit_message;
  if (utf8::length(first_line(message)) >= kLongTitle) return cut(message);
  const std::size_t line_end = message.find('\n');
  std::string_view rest = line_end == std::string_view::npos ? std::string_view() : message.substr(line_end + 1);
  if (rest.ends_with('\n')) rest.remove_suffix(1);
  return cut(rest);
}

std::string config_ref(const Trigger& t) {
  const std::string_view kind = is_tag(t) ? "tags" : "heads";
  return host(t.server_url) + "/" + t.project_path + "//" + t.config_path + "@refs/" + std::string(kind) + "/" + t.ref;
}

using Request = MergeRequest;

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string word(bool value) { return value ? "true" : "false"; }

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& one : words) all.append(all.empty() ? "" : ",").append(one);
  return all;
}

std::string sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  return joined(words);
}

std::string first_characters(std::string_view text, std::size_t most) {
  return std::string(text.substr(0, utf8::offset_of(text, most)));
}

const std::string& source_project(const Trigger& t) {
  const bool fork = t.merge_request && !t.merge_request->source_project_path.empty();
  return fork ? t.merge_request->source_project_path : t.project_path;
}

// What a merge request gives; there is none in other pipelines.
template <auto Give>
Value of(const Trigger& t) {
  return t.merge_request ? Value(Give(*t.merge_request)) : std::nullopt;
}

// What a pull request of another forge gives.
template <auto Field>
Value of_pull_request(const Trigger& t) {
  return t.external_pull_request ? Value((*t.external_pull_request).*Field) : std::nullopt;
}

// What a chat gives.
template <auto Field>
Value of_chat(const Trigger& t) {
  return t.chat ? Value((*t.chat).*Field) : std::nullopt;
}

// What the release of a tag gives.
template <auto Give>
Value of_release(const Trigger& t) {
  return t.release && is_tag(t) ? Value(Give(*t.release)) : std::nullopt;
}

// The same as of(), absent where it is empty.
template <auto Give>
Value of_optional(const Trigger& t) {
  Value value = of<Give>(t);
  return value && !value->empty() ? value : std::nullopt;
}

constexpr std::array kRows = {
    PredefinedRow{"CI_PIPELINE_TRIGGERED", Level::job,
                  [](const Trigger& t) { return when(t.source == PipelineSource::trigger, "true"); }},
    PredefinedRow{"CI_TRIGGER_SHORT_TOKEN", Level::job,
                  [](const Trigger& t) { return when(t.source == PipelineSource::trigger, t.trigger_short_token); }},
    PredefinedRow{"CI_NODE_TOTAL", Level::job, [](const Trigger&) { return Value("1"); }},
    PredefinedRow{"CI", Level::project, [](const Trigger&) { return Value("true"); }},
    PredefinedRow{"GITLAB_CI", Level::project, [](const Trigger&) { return Value("true"); }},
    PredefinedRow{"CI_SERVER_FQDN", Level::project, [](const Trigger& t) { return Value(authority(t.server_url)); }},
    PredefinedRow{"CI_SERVER_URL", Level::project, [](const Trigger& t) { return Value(t.server_url); }},
    PredefinedRow{"CI_SERVER_HOST", Level::project, [](const Trigger& t) { return Value(host(t.server_url)); }},
    PredefinedRow{"CI_SERVER_PORT", Level::project, [](const Trigger& t) { return Value(port(t.server_url)); }},
    PredefinedRow{"CI_SERVER_PROTOCOL", Level::project, [](const Trigger& t) { return Value(scheme(t.server_url)); }},
    PredefinedRow{"CI_SERVER_NAME", Level::project, [](const Trigger&) { return Value("GitLab"); }},
    PredefinedRow{"CI_API_V4_URL", Level::project, [](const Trigger& t) { return Value(t.server_url + "/api/v4"); }},
    PredefinedRow{"CI_API_GRAPHQL_URL", Level::project,
                  [](const Trigger& t) { return Value(t.server_url + "/api/graphql"); }},
    PredefinedRow{"CI_TEMPLATE_REGISTRY_HOST", Level::project,
                  [](const Trigger&) { return Value("registry.gitlab.com"); }},
    PredefinedRow{"CI_PROJECT_ID", Level::project, [](const Trigger& t) { return Value(number(t.project_id)); }},
    PredefinedRow{"CI_PROJECT_NAMESPACE_ID", Level::project,
                  [](const Trigger& t) { return Value(number(t.namespace_id)); }},
    PredefinedRow{"CI_PROJECT_VISIBILITY", Level::project,
                  [](const Trigger& t) { return Value(t.project_visibility); }},
    PredefinedRow{"CI_PROJECT_NAME", Level::project, [](const Trigger& t) { return Value(last_part(t.project_path)); }},
    PredefinedRow{"CI_PROJECT_TITLE", Level::project,
                  [](const Trigger& t) { return Value(last_part(t.project_path)); }},
    PredefinedRow{"CI_PROJECT_PATH", Level::project, [](const Trigger& t) { return Value(t.project_path); }},
    PredefinedRow{"CI_PROJECT_PATH_SLUG", Level::project, [](const Trigger& t) { return Value(slug(t.project_path)); }},
    PredefinedRow{"CI_PROJECT_NAMESPACE", Level::project,
                  [](const Trigger& t) { return Value(parent(t.project_path)); }},
    PredefinedRow{"CI_PROJECT_NAMESPACE_SLUG", Level::project,
                  [](const Trigger& t) { return Value(slug(parent(t.project_path))); }},
    PredefinedRow{"CI_PROJECT_ROOT_NAMESPACE", Level::project,
                  [](const Trigger& t) { return Value(root_part(t.project_path)); }},
    PredefinedRow{"CI_PROJECT_URL", Level::project,
                  [](const Trigger& t) { return Value(t.server_url + "/" + t.project_path); }},
    PredefinedRow{"CI_DEFAULT_BRANCH", Level::project, [](const Trigger& t) { return Value(t.default_branch); }},
    PredefinedRow{"CI_DEFAULT_BRANCH_SLUG", Level::project,
                  [](const Trigger& t) { return Value(slug(t.default_branch)); }},
    PredefinedRow{"CI_CONFIG_PATH", Level::project, [](const Trigger& t) { return Value(t.config_path); }},
    PredefinedRow{"CI_PIPELINE_SOURCE", Level::pipeline, [](const Trigger& t) { return Value(to_string(t.source)); }},
    PredefinedRow{"CI_PIPELINE_IID", Level::pipeline, [](const Trigger&) { return Value(""); }},
    PredefinedRow{"CI_PIPELINE_IID", Level::pipeline, [](const Trigger& t) { return Value(number(t.pipeline_iid)); },
                  true},
    PredefinedRow{"CI_PIPELINE_SCHEDULE_DESCRIPTION", Level::pipeline,
                  [](const Trigger& t) { return when(t.source == PipelineSource::schedule, t.schedule_description); }},
    PredefinedRow{"CI_OPEN_MERGE_REQUESTS", Level::pipeline,
                  [](const Trigger& t) { return when(!t.open_merge_requests.empty(), joined(t.open_merge_requests)); }},
    PredefinedRow{"CI_UPSTREAM_PIPELINE_ID", Level::pipeline,
                  [](const Trigger& t) { return t.upstream ? Value(number(t.upstream->pipeline_id)) : std::nullopt; }},
    PredefinedRow{"CI_UPSTREAM_PROJECT_ID", Level::pipeline,
                  [](const Trigger& t) { return t.upstream ? Value(number(t.upstream->project_id)) : std::nullopt; }},
    PredefinedRow{"CI_UPSTREAM_JOB_ID", Level::pipeline,
                  [](const Trigger& t) { return t.upstream ? Value(number(t.upstream->job_id)) : std::nullopt; }},
    PredefinedRow{"CI_KUBERNETES_ACTIVE", Level::pipeline,
                  [](const Trigger& t) { return when(t.kubernetes_active, "true"); }},
    PredefinedRow{"CI_DEPLOY_FREEZE", Level::pipeline, [](const Trigger& t) { return when(t.deploy_freeze, "true"); }},
    PredefinedRow{"CI_MERGE_REQUEST_ID", Level::pipeline, of<[](const Request& r) { return number(r.id); }>},
    PredefinedRow{"CI_MERGE_REQUEST_IID", Level::pipeline, of<[](const Request& r) { return number(r.iid); }>},
    PredefinedRow{"CI_MERGE_REQUEST_REF_PATH", Level::pipeline,
                  of<[](const Request& r) { return "refs/merge-requests/" + number(r.iid) + "/head"; }>},
    PredefinedRow{"CI_MERGE_REQUEST_PROJECT_ID", Level::pipeline,
                  [](const Trigger& t) { return when(t.merge_request.has_value(), number(t.project_id)); }},
    PredefinedRow{"CI_MERGE_REQUEST_PROJECT_PATH", Level::pipeline,
                  [](const Trigger& t) { return when(t.merge_request.has_value(), t.project_path); }},
    PredefinedRow{
        "CI_MERGE_REQUEST_PROJECT_URL", Level::pipeline,
        [](const Trigger& t) { return when(t.merge_request.has_value(), t.server_url + "/" + t.project_path); }},
    PredefinedRow{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", Level::pipeline,
                  of<[](const Request& r) { return r.target_branch; }>},
    PredefinedRow{"CI_MERGE_REQUEST_TARGET_BRANCH_PROTECTED", Level::pipeline,
                  of<[](const Request& r) { return word(r.target_protected); }>},
    PredefinedRow{"CI_MERGE_REQUEST_TITLE", Level::pipeline, of<[](const Request& r) { return r.title; }>},
    PredefinedRow{"CI_MERGE_REQUEST_DRAFT", Level::pipeline, of<[](const Request& r) { return word(r.draft); }>},
    PredefinedRow{"CI_MERGE_REQUEST_DESCRIPTION", Level::pipeline,
                  of<[](const Request& r) { return first_characters(r.description, kLongestDescription); }>},
    PredefinedRow{"CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED", Level::pipeline,
                  of<[](const Request& r) { return word(utf8::length(r.description) > kLongestDescription); }>},
    PredefinedRow{"CI_MERGE_REQUEST_SQUASH_ON_MERGE", Level::pipeline,
                  of<[](const Request& r) { return word(r.squash); }>},
    PredefinedRow{
        "CI_MERGE_REQUEST_EVENT_TYPE", Level::pipeline,
        [](const Trigger& t) { return when(t.merge_request.has_value(), std::string(t.merge_request_event())); }},
    PredefinedRow{"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", Level::pipeline,
                  of<[](const Request& r) { return r.target_sha.empty() ? std::string() : r.source_sha; }>},
    PredefinedRow{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", Level::pipeline,
                  of<[](const Request& r) { return r.target_sha; }>},
    PredefinedRow{"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", Level::pipeline,
                  [](const Trigger& t) { return when(t.merge_request.has_value(), number(t.project_id)); }},
    PredefinedRow{"CI_MERGE_REQUEST_SOURCE_PROJECT_PATH", Level::pipeline,
                  [](const Trigger& t) { return when(t.merge_request.has_value(), source_project(t)); }},
    PredefinedRow{
        "CI_MERGE_REQUEST_SOURCE_PROJECT_URL", Level::pipeline,
        [](const Trigger& t) { return when(t.merge_request.has_value(), t.server_url + "/" + source_project(t)); }},
    PredefinedRow{"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", Level::pipeline,
                  [](const Trigger& t) { return when(t.merge_request.has_value(), t.ref); }},
    PredefinedRow{"CI_MERGE_REQUEST_SOURCE_BRANCH_PROTECTED", Level::pipeline,
                  of<[](const Request& r) { return word(r.source_protected); }>},
    PredefinedRow{"CI_MERGE_REQUEST_ASSIGNEES", Level::pipeline,
                  of_optional<[](const Request& r) { return sorted(r.assignees); }>},
    PredefinedRow{"CI_MERGE_REQUEST_MILESTONE", Level::pipeline,
                  of_optional<[](const Request& r) { return r.milestone; }>},
    PredefinedRow{"CI_MERGE_REQUEST_LABELS", Level::pipeline,
                  of_optional<[](const Request& r) { return sorted(r.labels); }>},
    PredefinedRow{
        "CI_EXTERNAL_PULL_REQUEST_IID", Level::pipeline,
        [](const Trigger&
               t) { return t.external_pull_request ? Value(number(t.external_pull_request->iid)) : std::nullopt; }},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::source_repository>},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::target_repository>},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::source_branch>},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::source_sha>},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::target_branch>},
    PredefinedRow{"CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA", Level::pipeline,
                  of_pull_request<&ExternalPullRequest::target_sha>},
    PredefinedRow{"CI_CONFIG_REF_URI", Level::pipeline, [](const Trigger& t) { return Value(config_ref(t)); }},
    PredefinedRow{"CI_COMMIT_SHA", Level::pipeline, [](const Trigger& t) { return Value(t.sha); }},
    PredefinedRow{"CI_COMMIT_SHORT_SHA", Level::pipeline,
                  [](const Trigger& t) { return Value(t.sha.substr(0, kShortSha)); }},
    PredefinedRow{"CI_COMMIT_BEFORE_SHA", Level::pipeline, [](const Trigger& t) { return Value(t.before_sha); }},
    PredefinedRow{"CI_COMMIT_REF_NAME", Level::pipeline, [](const Trigger& t) { return Value(t.ref); }},
    PredefinedRow{"CI_COMMIT_REF_SLUG", Level::pipeline, [](const Trigger& t) { return Value(slug(t.ref)); }},
    PredefinedRow{"CI_COMMIT_BRANCH", Level::pipeline, [](const Trigger& t) { return when(is_branch(t), t.ref); }},
    PredefinedRow{"CI_COMMIT_TAG", Level::pipeline, [](const Trigger& t) { return when(is_tag(t), t.ref); }},
    PredefinedRow{"CI_COMMIT_TAG_MESSAGE", Level::pipeline, [](const Trigger& t) { return when(is_tag(t), ""); }},
    PredefinedRow{"CI_COMMIT_MESSAGE", Level::pipeline, [](const Trigger& t) { return Value(cut(t.commit_message)); }},
    PredefinedRow{"CI_COMMIT_MESSAGE_IS_TRUNCATED", Level::pipeline,
                  [](const Trigger& t) { return Value(t.commit_message.size() > kLongestMessage ? "true" : "false"); }},
    PredefinedRow{"CI_COMMIT_TITLE", Level::pipeline, [](const Trigger& t) { return Value(title(t)); }},
    PredefinedRow{"CI_COMMIT_DESCRIPTION", Level::pipeline, [](const Trigger& t) { return Value(description(t)); }},
    PredefinedRow{"CI_COMMIT_REF_PROTECTED", Level::pipeline,
                  [](const Trigger& t) { return Value(t.ref_protected ? "true" : "false"); }},
    PredefinedRow{"CI_COMMIT_TIMESTAMP", Level::pipeline, [](const Trigger& t) { return Value(t.commit_timestamp); }},
    PredefinedRow{"CI_COMMIT_USER_LOGIN", Level::pipeline, [](const Trigger&) { return Value(""); }},
    PredefinedRow{"CI_COMMIT_AUTHOR", Level::pipeline, [](const Trigger& t) { return Value(t.commit_author); }},
    PredefinedRow{"GITLAB_USER_ID", Level::user, [](const Trigger& t) { return Value(number(t.user_id)); }},
    PredefinedRow{"GITLAB_USER_LOGIN", Level::user, [](const Trigger& t) { return Value(t.user_login); }},
    PredefinedRow{"GITLAB_USER_NAME", Level::user, [](const Trigger& t) { return Value(t.user_name); }},
    PredefinedRow{"GITLAB_USER_EMAIL", Level::user, [](const Trigger& t) { return Value(t.user_email); }},
    PredefinedRow{"CHAT_INPUT", Level::chat, of_chat<&Chat::input>},
    PredefinedRow{"CHAT_CHANNEL", Level::chat, of_chat<&Chat::channel>},
    PredefinedRow{"CHAT_USER_ID", Level::chat, of_chat<&Chat::user_id>},
    PredefinedRow{"CI_RELEASE_NAME", Level::release, of_release<[](const Release& r) { return r.name; }>},
    PredefinedRow{
        "CI_RELEASE_DESCRIPTION", Level::release,
        of_release<[](const Release& r) { return first_characters(r.description, kLongestReleaseDescription); }>},
};

}  // namespace

std::span<const PredefinedRow> predefined_rows() { return kRows; }

}  // namespace willrun::eval
