// A value with the shape of a secret.
#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "lint/check.hpp"
#include "yaml/scalar_map.hpp"

namespace willrun::lint {

namespace {

enum class Letters : std::uint8_t { any, no_marks, upper };  // `any`: also `-` and `_`

// Starts of tokens that their makers document, how many characters follow at least, and which.
struct Shape {
  std::string_view start;
  std::size_t follow;
  std::string_view what;
  Letters letters = Letters::any;
};
constexpr std::array kShapes = {
    Shape{"glpat-", 20, "a GitLab personal access token"},
    Shape{"glptt-", 20, "a GitLab trigger token"},
    Shape{"gldt-", 20, "a GitLab deploy token"},
    Shape{"glrt-", 20, "a GitLab runner token"},
    Shape{"ghp_", 36, "a GitHub token", Letters::no_marks},
    Shape{"github_pat_", 22, "a GitHub token"},
    Shape{"AKIA", 16, "an AWS access key", Letters::upper},
    Shape{"xoxb-", 20, "a Slack token"},
    Shape{"sk_live_", 20, "a Stripe key", Letters::no_marks},
    Shape{"AIza", 35, "a Google API key"},
    Shape{"npm_", 36, "an npm token", Letters::no_marks},
};
constexpr std::string_view kPrivateKey = "PRIVATE KEY-----";

bool is_of_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool has(std::string_view text, bool (*wanted)(char)) { return std::ranges::any_of(text, wanted); }

// Words, one character over and over, and examples of manuals only stand for a secret.
bool is_random(std::string_view token, Letters letters) {
  const bool marks = token.find_first_of("-_") != std::string_view::npos;
  const bool lower = has(token, [](char c) { return c >= 'a' && c <= 'z'; });
  if ((letters != Letters::any && marks) || (letters == Letters::upper && lower)) return false;
  return has(token, [](char c) { return c >= '0' && c <= '9'; }) &&
         token.find_first_not_of(token.substr(0, 1)) != std::string_view::npos && !token.ends_with("EXAMPLE");
}

struct Secret {
  std::string_view what;
  std::size_t begin;
  std::size_t end;
};

std::optional<Secret> secret_in(std::string_view text) {
  const std::size_t key = text.find("-----BEGIN");
  if (key != std::string_view::npos && text.find(kPrivateKey) != std::string_view::npos)
    return Secret{"a private key", key, text.size()};
  for (const Shape& shape : kShapes) {
    for (std::size_t at = text.find(shape.start); at != std::string_view::npos; at = text.find(shape.start, at + 1)) {
      if (at > 0 && is_of_token(text[at - 1])) continue;
      std::size_t end = at + shape.start.size();
      while (end < text.size() && is_of_token(text[end])) ++end;
      const std::string_view token = text.substr(at + shape.start.size(), end - at - shape.start.size());
      if (token.size() >= shape.follow && is_random(token, shape.letters)) return Secret{shape.what, at, end};
    }
  }
  return std::nullopt;
}

void find_secret_in_text(const Subject& subject, Findings& findings) {
  each_scalar(subject.tree, subject.merged, [&](yaml::NodeId node, yaml::NodeId) {
    if (!subject.tree.is_string(node)) return;
    const auto secret = secret_in(subject.tree.text(node));
    if (!secret) return;
    findings.add(yaml::ScalarMap(subject.tree, node, subject.files).span(secret->begin, secret->end),
                 fmt::format("this looks like {}", secret->what),
                 "keep it in the project's settings as a masked variable, and take it back where it came from");
  });
}

}  // namespace

extern const Check secret_in_text;
const Check secret_in_text = {diag::Code::secret_in_text,
                              "Whoever reads the repository, and its history, reads the secret.", find_secret_in_text};

}  // namespace willrun::lint
