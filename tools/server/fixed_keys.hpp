// Keys of the configuration that count from a start on, whatever a reload reads.
#pragma once

#include <string_view>
#include <vector>

#include "server/configuration.hpp"

namespace willrun::server {

// Gives `next` what `now` has of them, and names those that differed: "listen", "limits.body_bytes".
std::vector<std::string_view> keep_fixed_keys(const Configuration& now, Configuration& next);

}  // namespace willrun::server
