#include <willrun/merged.hpp>

#include <fmt/format.h>

#include "api/loaded.hpp"
#include "ruby/to_yaml.hpp"

namespace willrun {

namespace {

using yaml::NodeId;

// Writes where keys came from behind the lines on which they stand in the printed text. The printed text is read again
// and walked side by side with what it was printed from, so that no guess is made about lines.
class OriginComments {
 public:
  OriginComments(const api::Loaded& loaded, std::string text) : loaded_(loaded) {
    file_ = files_.add("merged", std::move(text));
  }

  std::string write() {
    LoadOptions options;
    options.limits = loaded_.options.limits;
    options.limits.yaml_bytes = options.limits.yaml_object_bytes = UINT32_MAX;
    options.yaml_reader = YamlReader::libyaml;
    const auto printed = yaml::load_document(printed_, files_, file_, options);
    if (printed) note_keys(loaded_.composed, *printed.value);
    std::string out;
    for (std::uint32_t line = 1; files_.line_start(file_, line) < files_.text(file_).size(); ++line) {
      out += files_.line(file_, line);
      if (line < comments_.size() && !comments_[line].empty()) out.append(" # ").append(comments_[line]);
      out += '\n';
    }
    return out;
  }

 private:
  void note_keys(NodeId source, NodeId shown) {
    if (loaded_.tree.is_mapping(source) && printed_.is_mapping(shown)) {
      const auto from = loaded_.tree.entries(source);
      const auto to = printed_.entries(shown);
      for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) {
        note(printed_.span(to[i].key), loaded_.tree.span(from[i].key));
        note_keys(from[i].value, to[i].value);
      }
    } else if (loaded_.tree.is_sequence(source) && printed_.is_sequence(shown)) {
      const auto from = loaded_.tree.items(source);
      const auto to = printed_.items(shown);
      for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) note_keys(from[i], to[i]);
    }
  }

  void note(Span shown, Span source) {
    const std::uint32_t line = files_.locate(shown.file, shown.begin).line;
    if (comments_.size() <= line) comments_.resize(line + 1);
    if (!comments_[line].empty()) return;
    comments_[line] =
        fmt::format("{}:{}", loaded_.files.name(source.file), loaded_.files.locate(source.file, source.begin).line);
  }

  const api::Loaded& loaded_;
  SourceFiles files_;
  FileId file_{};
  yaml::Tree printed_;
  std::vector<std::string> comments_;  // by line
};

}  // namespace

std::string merged_yaml(const Config& config, Origins origins) {
  const api::Loaded& loaded = *config.loaded();
  if (loaded.composed == yaml::kNoNode) return {};
  if (origins == Origins::none) return ruby::to_yaml(loaded.tree, loaded.composed);
  return OriginComments(loaded, ruby::to_yaml(loaded.tree, loaded.composed, ruby::Fold::never)).write();
}

}  // namespace willrun
