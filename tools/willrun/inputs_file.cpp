#include "willrun/inputs_file.hpp"

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

std::vector<std::pair<std::string, Value>> read_inputs_file(const std::filesystem::path& file, std::string_view shown) {
  tools::FileText read = tools::read_file(file);
  if (!read.failure.empty()) throw CannotRun(std::string("--inputs-file ").append(shown) + ": " + read.failure);
  return {};
}

}  // namespace willrun::cli
