#include <willrun/glob.hpp>

#include "glob/glob.hpp"

namespace willrun {

struct Glob::Compiled {
  glob::Glob glob;
};

Glob::Glob(std::string_view pattern, const Limits& limits)
    : compiled_(std::make_shared<const Compiled>(Compiled{glob::Glob(pattern, limits)})) {}

bool Glob::matches(std::string_view path) const { return compiled_->glob.matches(path); }

const std::string& Glob::pattern() const { return compiled_->glob.pattern(); }

}  // namespace willrun
