#include "server/checks.hpp"

namespace willrun::server {

void Checks::add(std::string_view error) { errors_.append(errors_.empty() ? "" : ", ").append(error); }

void Checks::add_last(std::string_view error) {
  if (last_.empty()) last_ = error;
}

void Checks::finish() const {
  const std::string& error = errors_.empty() ? last_ : errors_;
  if (!error.empty()) throw WrongParameters{400, error};
}

}  // namespace willrun::server
