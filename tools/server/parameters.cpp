#include "server/parameters.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/text.hpp"
#include "server/multipart.hpp"

namespace willrun::server {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

[[noreturn]] void wrong(std::string text, int status = 400) { throw WrongParameters{status, std::move(text)}; }

[[noreturn]] void clash(std::string_view expected, const Json& found, std::string_view key) {
  wrong(std::string("expected ")
            .append(expected)
            .append(" (got ")
            .append(found.type_name())
            .append(") for param `")
            .append(key)
            .append("'"));
}

// `[a]b` is the key `a` and the rest `b`, as Rack splits it: brackets in front of a key and `]` behind it go.
struct Name {
  std::string_view key;
  std::string_view rest;
};
Name split_name(std::string_view name) {
  constexpr std::string_view kBrackets = "[]";
  const std::size_t begin = name.find_first_not_of(kBrackets);
  if (begin == std::string_view::npos) return {{}, {}};
  const std::size_t end = std::min(name.find_first_of(kBrackets, begin), name.size());
  const std::size_t rest = std::min(name.find_first_not_of(']', end), name.size());
  return {name.substr(begin, end - begin), name.substr(rest)};
}

// Whether a map of a list has the key already, so that the next map begins.
bool has_key(const Json& map, std::string_view name) {
  if (name.find("[]") != std::string_view::npos) return false;
  const Json* at = &map;
  while (!name.empty()) {
    const std::size_t begin = name.find_first_not_of("[]");
    if (begin == std::string_view::npos) break;
    name.remove_prefix(begin);
    const std::string_view key = name.substr(0, name.find_first_of("[]"));
    name.remove_prefix(key.size());
    const auto found = at->is_object() ? at->find(std::string(key)) : at->end();
    if (!at->is_object() || found == at->end()) return false;
    at = &*found;
  }
  return true;
}

void put(Json& params, std::string_view name, Json&& value, std::size_t depth);

// `rest` begins with `[]` and goes on: the last map of the list, or a new one, takes what stands behind.
void put_into_list(Json& list, std::string_view rest, Json&& value, std::size_t depth) {
  std::string_view child = rest.substr(2);
  const bool bracketed = child.starts_with('[') && child.find_first_of("[]", 1) == child.size() - 1 && child.size() > 2;
  if (bracketed) child = child.substr(1, child.size() - 2);
  if (list.empty() || !list.back().is_object() || has_key(list.back(), child)) list.push_back(Json::object());
  put(list.back(), child, std::move(value), depth - 1);
}

// Rack 2.2's QueryParser#normalize_params.
void put(Json& params, std::string_view name, Json&& value, std::size_t depth) {
  if (depth == 0) wrong("parameters are nested too deeply");
  const auto [key, rest] = split_name(name);
  if (key.empty()) return;
  if (rest.empty()) {
    params[std::string(key)] = std::move(value);
    return;
  }
  if (rest == "[") {
    params[std::string(name)] = std::move(value);
    return;
  }
  Json& at = params[std::string(key)];
  if (rest.starts_with("[]")) {
    if (at.is_null()) at = Json::array();
    if (!at.is_array()) clash("Array", at, key);
    if (rest == "[]") {
      at.push_back(std::move(value));
    } else {
      put_into_list(at, rest, std::move(value), depth);
    }
    return;
  }
  if (at.is_null()) at = Json::object();
  if (!at.is_object()) clash("Hash", at, key);
  put(at, rest, std::move(value), depth - 1);
}

bool has_bad_escape(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || hex_digit(text[at + 1]) < 0 || hex_digit(text[at + 2]) < 0) return true;
  }
  return false;
}

std::string checked(std::string text) {
  if (text.find('\0') != std::string::npos) wrong("a parameter holds a null byte");
  if (!is_utf8(text)) wrong("a parameter is no UTF-8");
  return text;
}

std::string decoded(std::string_view text) {
  if (has_bad_escape(text)) wrong("invalid %-encoding");
  return checked(percent_decoded(text, true));
}

void add_pairs(Json& tree, std::string_view pairs, std::string_view separators, const ParameterLimits& limits) {
  const auto separates = [&](char c) { return separators.find(c) != std::string_view::npos; };
  if (static_cast<std::size_t>(std::ranges::count_if(pairs, separates)) >= limits.count)
    wrong("there are too many parameters");
  while (!pairs.empty()) {
    const std::size_t end = pairs.find_first_of(separators);
    const std::string_view pair = pairs.substr(0, end);
    pairs.remove_prefix(end == std::string_view::npos ? pairs.size() : end + 1);
    while (end != std::string_view::npos && pairs.starts_with(' ')) pairs.remove_prefix(1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const bool has_value = equals != std::string_view::npos;
    add_parameter(tree, decoded(pair.substr(0, equals)),
                  has_value ? Json(decoded(pair.substr(equals + 1))) : Json(nullptr), limits);
  }
}

// A file that was sent, as Rack gives it: a map, so that it is no text where one is expected.
Json file_of(const Part& part) {
  return {{"filename", checked(*part.filename)}, {"type", checked(std::string(part.type))}, {"name", part.name}};
}

// Without a boundary it is read like the other kind of form.
void add_multipart(Json& tree, std::string_view body, std::string_view type, const ParameterLimits& limits) {
  const auto boundary = header_parameter(type, "boundary");
  if (!boundary || boundary->empty()) return add_form(tree, body, limits);
  const auto parts = read_multipart(body, *boundary, limits.parts);
  if (!parts) wrong("the multipart body cannot be read");
  for (const Part& part : *parts) {
    checked(part.name);
    put(tree, part.name, part.filename ? file_of(part) : Json(checked(std::string(part.content))), limits.depth);
  }
}

Json read_json(std::string_view body, const ParameterLimits& limits) {
  std::size_t keys = 0;
  const Json::parser_callback_t watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > static_cast<int>(limits.json_depth)) wrong("the JSON body is nested too deeply");
    if (event == Json::parse_event_t::key && ++keys > limits.json_keys) wrong("the JSON body has too many keys");
    // Keys of one map are searched one after the other.
    if (event == Json::parse_event_t::object_end && parsed.size() > limits.count)
      wrong("a map of the JSON body has too many keys");
    const bool is_text =
        parsed.is_string() && (event == Json::parse_event_t::value || event == Json::parse_event_t::key);
    if (is_text && parsed.get_ref<const std::string&>().find('\0') != std::string::npos)
      wrong("a parameter holds a null byte");
    return true;
  };
  try {
    return Json::parse(body, watch);
  } catch (const Json::parse_error&) {
    wrong("message body does not match declared format");
  } catch (const Json::out_of_range&) {
    wrong("a number of the JSON body is too large");
  }
}

// A list of JSON is no parameters, and is passed over, as Grape does. Rack reads forms whatever the method is, and
// Grape nothing else of a request that has no business with a body.
Json read_body(const Request& request, const ParameterLimits& limits) {
  Json tree = Json::object();
  if (request.body.empty()) return tree;
  const bool forms_only = request.method == "GET" || request.method == "HEAD";
  const std::string_view header = request.header("Content-Type");
  const std::string type = tools::lower(header.substr(0, header.find_first_of("; \t")));
  if (type == "application/x-www-form-urlencoded") {
    add_form(tree, request.body, limits);
  } else if (type == "multipart/form-data") {
    add_multipart(tree, request.body, header, limits);
  } else if (forms_only) {
    return tree;
  } else if (type == "application/json" || type.empty()) {
    Json json = read_json(request.body, limits);
    if (json.is_object()) tree = std::move(json);
  } else {
    wrong("The provided content-type '" + checked(type) + "' is not supported.", 415);
  }
  return tree;
}

// `name=value` of everything in a tree; `name` stands in front of brackets, encoded.
void write_pairs(std::vector<std::string>& pairs, const std::string& name, const Json& value) {
  const auto inside = [&](std::string_view key) {
    return name.empty() ? percent_encoded(key) : fmt::format("{}%5B{}%5D", name, percent_encoded(key));
  };
  if (value.is_object()) {
    for (const auto& [key, one] : value.items()) write_pairs(pairs, inside(key), one);
  } else if (value.is_array()) {
    for (const Json& one : value) write_pairs(pairs, inside({}), one);
  } else {
    const std::string text = value.is_string() ? value.get<std::string>() : value.is_null() ? "" : to_text(value);
    pairs.push_back(fmt::format("{}={}", name, percent_encoded(text)));
  }
}

}  // namespace

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || i + more >= text.size()) return false;
    std::uint32_t point = lead & (0x3FU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80) return false;
      point = point << 6U | (next & 0x3FU);
    }
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (surrogate || overlong || point > 0x10FFFF) return false;
    i += more + 1;
  }
  return true;
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view kUnreserved = "-_.~";
  std::string out;
  for (const char c : text) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         kUnreserved.find(c) != std::string_view::npos || kept.find(c) != std::string_view::npos;
    if (is_kept) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find_first_of("?#")); }

std::string_view query_of(std::string_view target) {
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

std::string to_query(const Json& tree) {
  std::vector<std::string> pairs;
  write_pairs(pairs, {}, tree);
  std::ranges::sort(pairs);
  return fmt::format("{}", fmt::join(pairs, "&"));
}

void add_parameter(Json& tree, std::string_view name, Json value, const ParameterLimits& limits) {
  put(tree, name, std::move(value), limits.depth);
}

void add_query(Json& tree, std::string_view query, const ParameterLimits& limits) {
  add_pairs(tree, query, "&;", limits);
}

void add_form(Json& tree, std::string_view body, const ParameterLimits& limits) {
  if (body.ends_with('\0')) body.remove_suffix(1);
  add_pairs(tree, body, "&", limits);
}

Json read_parameters(const Request& request, const ParameterLimits& limits) {
  Json tree = Json::object();
  add_query(tree, query_of(request.target), limits);
  Json body = read_body(request, limits);
  if (tree.empty()) return body;
  for (const auto& [key, value] : body.items()) tree[key] = value;
  return tree;
}

}  // namespace willrun::server
