// Parameters of a request as Rack 2.2 and Grape read them: query, form and JSON in one tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"
#include "server/json_text.hpp"

namespace willrun::server {

struct ParameterLimits {
  std::size_t count = 4'096;  // of one query or form; Rack's own limit
  std::size_t depth = 100;    // of brackets; Rack's own limit
  std::size_t json_keys = 20'000;
  std::size_t json_depth = 100;
  std::size_t parts = 4'096;  // of a multipart body; Rack's own limit
};

// What is wrong with the parameters: an answer with the status 400, or another 4xx.
struct WrongParameters {
  int status = 400;
  std::string error;  // for the key `error`
};

// One `name=value` pair of a query or form, put under the name's brackets: `a[b]` is a map, `a[]` a list, a list of
// maps goes on until a key repeats. Throws WrongParameters where kinds clash (`a=1&a[b]=2`).
void add_parameter(Json& tree, std::string_view name, Json value, const ParameterLimits& limits = {});

// `a=1&b[c]=2`, percent-decoded, `+` is a blank; a name without `=` has the value null. Text that is no UTF-8 throws.
// In a query `;` separates pairs as well.
void add_query(Json& tree, std::string_view query, const ParameterLimits& limits = {});
// The same of an urlencoded body, where it does not; a null byte at its end does not count.
void add_form(Json& tree, std::string_view body, const ParameterLimits& limits = {});

// The whole tree: the query, and over it the body by its Content-Type (urlencoded, multipart, JSON; none and unknown
// types: GitLab refuses them). A key of the body replaces that of the query.
Json read_parameters(const Request& request, const ParameterLimits& limits = {});

// The other way round, as Rails' `to_query`: names in the order of their bytes, `a[b]=1&c[]=2`, percent-encoded.
std::string to_query(const Json& tree);

// Everything but letters, digits, `-_.~` and `kept` as %XX.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

// %XX decoded; `plus` says whether `+` is a blank. None of it fails: what is no escape stays.
std::string percent_decoded(std::string_view text, bool plus);

// Whether a text is UTF-8 without surrogates and overlong forms.
bool is_utf8(std::string_view text);

// The path of a target, not decoded, and its query without `?`.
std::string_view path_of(std::string_view target);
std::string_view query_of(std::string_view target);

}  // namespace willrun::server
