#include "server/multipart.hpp"

#include "common/text.hpp"

namespace willrun::server {

namespace {

std::string_view trimmed(std::string_view text) { return tools::stripped(text, " \t"); }

// The text up to a quote that is not escaped; `\"` and `\\` are what they shield.
std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    out += text[i];
  }
  return out;
}

// Fills in what the headers of a part say; false: it has no name.
bool read_headers(std::string_view headers, Part& part) {
  bool named = false;
  while (!headers.empty()) {
    const std::size_t end = headers.find("\r\n");
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(end == std::string_view::npos ? headers.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = tools::lower(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-type") part.type = value;
    if (name != "content-disposition") continue;
    if (auto given = header_parameter(value, "name")) {
      part.name = std::move(*given);
      named = true;
    }
    part.filename = header_parameter(value, "filename");
  }
  return named;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos) {
    std::string_view rest = value.substr(at + 1);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string key = tools::lower(trimmed(rest.substr(0, equals)));
    const std::size_t begin = at + 1 + equals + 1;
    std::size_t end = begin;
    const bool quoted = begin < value.size() && value[begin] == '"';
    if (quoted) {
      for (++end; end < value.size() && value[end] != '"'; ++end) {
        if (value[end] == '\\') ++end;
      }
    }
    end = end >= value.size() ? std::string_view::npos : value.find(';', end);
    if (key == name) {
      const std::string_view found = value.substr(begin, end == std::string_view::npos ? end : end - begin);
      return quoted ? unquoted(found.substr(1)) : std::string(trimmed(found));
    }
    at = end;
  }
  return std::nullopt;
}

std::optional<std::vector<Part>> read_multipart(std::string_view body, std::string_view boundary, std::size_t most) {
  std::vector<Part> parts;
  const std::string first = std::string("--").append(boundary);
  const std::string next = "\r\n" + first;
  std::size_t at = body.find(first);
  if (boundary.empty() || at == std::string_view::npos) return std::nullopt;
  at += first.size();
  while (body.substr(at, 2) != "--") {
    if (body.substr(at, 2) != "\r\n" || parts.size() == most) return std::nullopt;
    at += 2;
    const std::size_t headers_end = body.find("\r\n\r\n", at);
    const std::size_t content = headers_end + 4;
    const std::size_t end = headers_end == std::string_view::npos ? headers_end : body.find(next, headers_end + 2);
    if (end == std::string_view::npos) return std::nullopt;
    Part part;
    if (read_headers(body.substr(at, headers_end - at), part)) {
      part.content = body.substr(content, end < content ? 0 : end - content);
      parts.push_back(std::move(part));
    }
    at = end + next.size();
  }
  return parts;
}

}  // namespace willrun::server
