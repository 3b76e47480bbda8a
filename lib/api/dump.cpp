#include <willrun/decision.hpp>

#include "api/loaded.hpp"
#include "model/build.hpp"
#include "program/program.hpp"
#include "yaml/print.hpp"

namespace willrun {

namespace {

std::string dump_tree(const api::Loaded& loaded, yaml::NodeId root) {
  return root == yaml::kNoNode ? std::string() : yaml::print(loaded.tree, loaded.files, root);
}

std::string dump_yaml(const api::Loaded& loaded) {
  std::string out;
  if (loaded.text.header != yaml::kNoNode) out = dump_tree(loaded, loaded.text.header) + "---\n";
  return out + dump_tree(loaded, loaded.text.content);
}

}  // namespace

std::string dump(const Config& config, Stage stage) {
  const api::Loaded& loaded = *config.loaded();
  switch (stage) {
    case Stage::yaml: return dump_yaml(loaded);
    case Stage::inputs: return dump_tree(loaded, loaded.interpolated);
    case Stage::composed: return dump_tree(loaded, loaded.composed);
    case Stage::model: return loaded.model ? model::print(*loaded.model) : std::string();
    case Stage::program: {
      const auto program = compile(config);
      return program ? program::print(program->compiled()) : std::string();
    }
  }
  return {};
}

}  // namespace willrun
