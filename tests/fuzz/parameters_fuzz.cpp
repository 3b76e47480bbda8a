// A request's parameters. First line: the query; second line: the Content-Type; the rest: the body. Whatever they are,
// they are read or refused with a 4xx, and what was read can be written as JSON.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "server/parameters.hpp"

namespace {

std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  willrun::server::Request request;
  request.method = "POST";
  request.target = "/api/v4/projects/1/trigger/pipeline?" + std::string(take_line(input));
  request.headers.push_back({"content-type", std::string(take_line(input))});
  request.body = input;
  try {
    const willrun::server::Json tree = willrun::server::read_parameters(request);
    willrun::require(tree.is_object(), "parameters are a map", request.target);
    willrun::require(!willrun::server::to_text(tree).empty(), "parameters can be written", request.target);
  } catch (const willrun::server::WrongParameters& wrong) {
    willrun::require(wrong.status >= 400 && wrong.status < 500, "a refusal is a 4xx", wrong.error);
  }
  return 0;
}
