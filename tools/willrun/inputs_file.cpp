#include "willrun/inputs_file.hpp"

#include <willrun/report.hpp>
#include <willrun/yaml.hpp>

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

std::string without_final_break(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

std::vector<std::pair<std::string, Value>> read_inputs_file(const std::filesystem::path& file, std::string_view shown) {
  const std::string option = std::string("--inputs-file ").append(shown);
  tools::FileText read = tools::read_file(file);
  if (!read.failure.empty()) throw CannotRun(option + ": " + read.failure);
  const YamlDocument document = read_yaml(read.text, {}, std::string(shown));
  if (!document.value) {
    TextStyle style;
    style.gitlab_texts = false;
    throw CannotRun(option + " cannot be read\n" +
                    without_final_break(render(document.diagnostics, document.files, style)));
  }
  if (document.value->kind() != ValueKind::mapping) {
    throw CannotRun(option + ": expected a map of input names to values");
  }
  std::vector<std::pair<std::string, Value>> all;
  for (const auto& [key, value] : document.value->pairs()) {
    if (key.kind() != ValueKind::string) throw CannotRun(option + ": every name must be a text");
    all.emplace_back(key.text(), value);
  }
  return all;
}

}  // namespace willrun::cli
