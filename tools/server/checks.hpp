// Grape's checks of the parameters that an endpoint declares: all that is wrong is one answer.
#pragma once

#include <string>
#include <string_view>

#include "server/parameters.hpp"

namespace willrun::server {

// Made, used and finished before anything else is looked at, in the order in which GitLab declares the parameters.
class Checks {
 public:
  // What `read` throws of WrongParameters is kept for finish().
  template <class Read>
  void operator()(Read read) {
    try {
      read();
    } catch (const WrongParameters& wrong) {
      add(wrong.error);
    }
  }
  void add(std::string_view error);
  // Told where nothing that is declared is wrong.
  void add_last(std::string_view error);

  // Throws WrongParameters: all errors, joined by commas.
  void finish() const;

 private:
  std::string errors_;
  std::string last_;
};

}  // namespace willrun::server
