#include "willrun/pushed_ref.hpp"

#include <istream>
#include <sstream>

#include "common/git_facts.hpp"

namespace willrun::cli {

namespace {

bool is_sha(const std::string& text) {
  constexpr std::size_t kSha1 = 40;
  constexpr std::size_t kSha256 = 64;
  return (text.size() == kSha1 || text.size() == kSha256) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

bool PushLine::deletes() const { return local_sha.find_first_not_of('0') == std::string::npos; }

std::string PushLine::name() const {
  const std::size_t kind = remote_ref.find('/', std::string_view("refs/").size());
  return remote_ref.substr(kind + 1);
}

std::string PushLine::shown() const { return (is_tag() ? "push tag " : "push ") + name(); }

std::vector<PushLine> read_push_lines(std::istream& in) {
  std::vector<PushLine> pushes;
  std::string text;
  for (std::size_t number = 1; std::getline(in, text); ++number) {
    PushLine push;
    std::string rest;
    std::istringstream words(text);
    const bool whole(words >> push.local_ref >> push.local_sha >> push.remote_ref >> push.remote_sha);
    if (!whole || words >> rest || !is_sha(push.local_sha) || !is_sha(push.remote_sha))
      throw UsageError("line " + std::to_string(number) +
                       " of standard input is not what git gives a pre-push hook: LOCAL-REF SHA REMOTE-REF SHA");
    pushes.push_back(std::move(push));
  }
  return pushes;
}

Trigger trigger_of(const PushLine& push, const std::string& sha, const std::string& address,
                   const Surroundings& surroundings, std::vector<std::string>& notes) {
  Trigger made = push.is_tag() ? Trigger::push_tag(push.name()) : Trigger::push(push.name());
  made.default_branch = surroundings.default_branch().value_or("main");
  tools::FactsOptions facts;
  facts.pushed = tools::PushedRef{sha, push.remote_sha};
  tools::add_git_facts(*surroundings.repository, made, facts, notes);
  if (const auto project = tools::project_of(address)) {
    made.server_url = project->server_url;
    made.project_path = project->path;
  }
  made.ref_protected = surroundings.protects(made);
  return made;
}

}  // namespace willrun::cli
