// A file of scenarios. Whatever it is, it is read or told what is wrong with it, at a place inside it, and reading it
// again gives the same.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "scenario/read.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const willrun::scenario::ScenarioFile file = willrun::scenario::read_scenarios(text, "t.yml", {});
  for (const willrun::Diagnostic& one : file.diagnostics) {
    willrun::require(one.span.begin <= one.span.end && one.span.end <= size, "a finding stands in the file",
                     one.message);
    willrun::require(!one.message.empty(), "a finding says something", text);
  }
  const willrun::scenario::ScenarioFile again = willrun::scenario::read_scenarios(text, "t.yml", {});
  willrun::require(
      again.scenarios.size() == file.scenarios.size() && again.diagnostics.size() == file.diagnostics.size(),
      "reading twice gives the same", text);
  return 0;
}
