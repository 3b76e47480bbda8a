#include <willrun/decision.hpp>

namespace willrun {

std::string_view to_string(When when) {
  switch (when) {
    case When::on_success: return "on_success";
    case When::on_failure: return "on_failure";
    case When::always: return "always";
    case When::manual: return "manual";
    case When::delayed: return "delayed";
    case When::never: return "never";
  }
  return {};
}

}  // namespace willrun
