// One conformance case and what became of it.
#pragma once

#include <optional>
#include <string>

#include <willrun/options.hpp>

#include "conformance/compare.hpp"

namespace willrun::conformance {

struct Case {
  std::string id;
  std::string category;
  std::string kind;  // `op` or `mode`
  Json body;         // the whole line
};

// Throws nlohmann::json::exception when the line is no case.
Case read_case(Json body);

// `text`, or `text_base64`, or `text_parts` (texts with the number of times that each is repeated).
std::string text_of(const Json& body, const std::string& name);

// A differing value, or nothing when the case passes.
using Verdict = std::optional<Difference>;
using Check = Verdict (*)(const Json& body, const LoadOptions& options);

// The first difference of several parts, compared in turn.
class Comparison {
 public:
  // Compares a part that `expected` has; one that is absent there is not compared.
  void part(const Json& expected, const std::string& name, const Json& got) {
    if (!verdict_ && expected.contains(name)) verdict_ = compare(expected.at(name), got, name);
  }
  void equal(const std::string& name, const Json& expected, const Json& got) {
    if (!verdict_) verdict_ = compare(expected, got, name);
  }

  Verdict verdict() const { return verdict_; }

 private:
  Verdict verdict_;
};

}  // namespace willrun::conformance
