#include "ruby/to_yaml.hpp"

#include <yaml.h>

#include <stdexcept>

#include "base/utf8.hpp"
#include "ruby/print.hpp"
#include "yaml/psych_scalar.hpp"

namespace willrun::ruby {

namespace {

using yaml::NodeId;

// libyaml's emitter, which Psych uses too.
class Emitter {
 public:
  Emitter(const yaml::Tree& tree, Fold fold) : tree_(tree) {
    if (yaml_emitter_initialize(&emitter_) == 0) throw std::bad_alloc();
    yaml_emitter_set_output(&emitter_, append, &out_);
    yaml_emitter_set_unicode(&emitter_, 1);
    yaml_emitter_set_width(&emitter_, fold == Fold::never ? -1 : 0);
  }
  ~Emitter() { yaml_emitter_delete(&emitter_); }
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  std::string write(NodeId root) {
    yaml_event_t event;
    emit(event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(event, yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, 0));
    node(root);
    emit(event, yaml_document_end_event_initialize(&event, 1));
    emit(event, yaml_stream_end_event_initialize(&event));
    return std::move(out_);
  }

 private:
  static int append(void* out, unsigned char* bytes, std::size_t size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return 1;
  }

  void emit(yaml_event_t& event, int made) {
    if (made == 0 || yaml_emitter_emit(&emitter_, &event) == 0) throw std::runtime_error("YAML cannot be written");
  }

  void node(NodeId id) {
    yaml_event_t event;
    switch (tree_.kind(id)) {
      case ValueKind::mapping:
        emit(event, yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_MAPPING_STYLE));
        for (const yaml::Entry& entry : tree_.entries(id)) {
          node(entry.key);
          node(entry.value);
        }
        return emit(event, yaml_mapping_end_event_initialize(&event));
      case ValueKind::sequence:
      case ValueKind::reference:
        emit(event, yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_SEQUENCE_STYLE));
        for (const NodeId item : tree_.items(id)) node(item);
        return emit(event, yaml_sequence_end_event_initialize(&event));
      case ValueKind::string: return text(tree_.text(id));
      case ValueKind::symbol: return scalar(std::string(1, ':').append(tree_.text(id)), YAML_PLAIN_SCALAR_STYLE);
      case ValueKind::null: return scalar("", YAML_PLAIN_SCALAR_STYLE);
      case ValueKind::floating: return scalar(floating(tree_[id].floating), YAML_PLAIN_SCALAR_STYLE);
      default: return scalar(to_s(tree_, id), YAML_PLAIN_SCALAR_STYLE);
    }
  }

  static std::string floating(double value) {
    if (value != value) return ".nan";
    const std::string text = float_text(value);
    if (text == "Infinity") return ".inf";
    return text == "-Infinity" ? "-.inf" : text;
  }

  // The style that keeps a text a text, and tells readers so.
  void text(std::string_view value) {
    if (!utf8::is_valid(value)) return binary(value);
    const std::size_t line_break = value.find('\n');
    if (line_break != std::string_view::npos && line_break + 1 < value.size() &&
        value.find_first_not_of('\n', line_break) != std::string_view::npos)
      return scalar(value, YAML_LITERAL_SCALAR_STYLE);
    if (value.size() > line_break + 1 && line_break != std::string_view::npos)
      return scalar(value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    if (value == "y" || value == "Y" || value == "n" || value == "N")
      return scalar(value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    if (starts_strangely(value)) return scalar(value, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
    const yaml::Resolved resolved = yaml::resolve_plain(value);
    const bool is_text = resolved.kind == ValueKind::string && resolved.refused_class.empty();
    if (value == "<<" || !is_text || is_octal_float(value)) return scalar(value, YAML_SINGLE_QUOTED_SCALAR_STYLE);
    scalar(value, YAML_PLAIN_SCALAR_STYLE);
  }

  // A first character that is no letter, digit or `_`, and no double quote behind it on its line.
  static bool starts_strangely(std::string_view value) {
    if (value.empty() || utf8::is_word(utf8::decode(value, 0).code_point)) return false;
    const std::string_view line = value.substr(0, value.find('\n'));
    return line.substr(1).find('"') == std::string_view::npos;
  }

  static bool is_octal_float(std::string_view value) {
    if (!value.starts_with('0')) return false;
    const std::size_t dot = value.find_first_not_of("01234567", 1);
    return dot != std::string_view::npos && dot + 1 < value.size() && value[dot] == '.' && value[dot + 1] >= '0' &&
           value[dot + 1] <= '9';
  }

  // Bytes that are no text: escaped one by one, since a base64 tag would be another value to GitLab's loader.
  void binary(std::string_view value) {
    std::string escaped;
    for (const char byte : value) utf8::append(escaped, static_cast<unsigned char>(byte));
    scalar(escaped, YAML_DOUBLE_QUOTED_SCALAR_STYLE);
  }

  void scalar(std::string_view value, yaml_scalar_style_t style) {
    yaml_event_t event;
    emit(event, yaml_scalar_event_initialize(&event, nullptr, nullptr,
                                             reinterpret_cast<const yaml_char_t*>(value.empty() ? "" : value.data()),
                                             static_cast<int>(value.size()), 1, 1, style));
  }

  const yaml::Tree& tree_;
  yaml_emitter_t emitter_;
  std::string out_;
};

}  // namespace

std::string to_yaml(const yaml::Tree& tree, NodeId root, Fold fold) { return Emitter(tree, fold).write(root); }

}  // namespace willrun::ruby
