#include <willrun/glob.hpp>

#include "conformance/kinds.hpp"

namespace willrun::conformance {

Verdict check_fnmatch(const Json& body, const LoadOptions& options) {
  const Glob glob(body.at("glob").get_ref<const std::string&>(), options.limits);
  return compare(body.at("expected"), glob.matches(body.at("path").get_ref<const std::string&>()), "");
}

}  // namespace willrun::conformance
