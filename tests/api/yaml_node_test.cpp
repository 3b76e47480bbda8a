#include <willrun/yaml_node.hpp>

#include <gtest/gtest.h>

#include <willrun/yaml.hpp>

namespace willrun {
namespace {

// Each node with the text that it stands on, depth first.
void list(const YamlNode& node, const SourceFiles& files, std::string& out) {
  const std::string_view text = files.text(node.span);
  out.append(node.flow ? "~" : "").append("<").append(text).append(">");
  for (const YamlNode& item : node.items) list(item, files, out);
  for (const auto& [key, value] : node.entries) {
    list(key, files, out);
    list(value, files, out);
  }
}

std::string listed(std::string_view text) {
  const YamlNodes nodes = read_yaml_nodes(text, "t.yml");
  std::string out;
  if (nodes.root) list(*nodes.root, nodes.files, out);
  return out;
}

TEST(YamlNode, KnowsItsPlace) {
  EXPECT_EQ(listed("a: 'b'  # c\n"), "<a: 'b'><a><'b'>");
  EXPECT_EQ(listed("[a, {b: 1}]\n"), "~<[a, {b: 1}]><a>~<{b: 1}><b><1>");
  EXPECT_EQ(listed("- a\n- b  # c\n\n# d\n"), "<- a\n- b><a><b>");
  EXPECT_EQ(listed("a:\nb: x\n"), "<a:\nb: x><a><><b><x>");
  EXPECT_EQ(listed("a: &x [1]\nb: *x\n"), "<a: &x [1]\nb: *x><a>~<[1]><1><b>~<[1]><1>");
}

TEST(YamlNode, HasTheValuesOfTheReader) {
  for (const std::string_view text : {"", "a", "[1, 0x10, 1.5, yes, ~]", "{a: {b: [c]}, 1: x}",
                                      "x: !reference [a, b]\ny: &a {k: v}\nz: {<<: *a, l: w}\n"}) {
    EXPECT_EQ(read_yaml_nodes(text, "t.yml").root->value(), *read_yaml(text).value) << text;
  }
  const YamlNodes wrong = read_yaml_nodes("a: [", "t.yml");
  EXPECT_FALSE(wrong.root);
  EXPECT_EQ(wrong.diagnostics.size(), 1u);
}

}  // namespace
}  // namespace willrun
