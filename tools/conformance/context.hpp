// The world of a configuration or pipeline case: its files and its trigger.
#pragma once

#include <willrun/file_source.hpp>
#include <willrun/trigger.hpp>

#include "conformance/value_json.hpp"

namespace willrun::conformance {

// Files of the repository and of other projects, remote files, templates and components.
MemoryFiles read_files(const Json& body);

Trigger read_trigger(const Json& body);

}  // namespace willrun::conformance
