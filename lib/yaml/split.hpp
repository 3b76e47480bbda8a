// GitLab's textual split of a configuration into documents, before any YAML is read.
#pragma once

#include <string_view>
#include <vector>

namespace willrun::yaml {

// One piece of a text: bytes [begin, end).
struct Part {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Splits at lines that start with `---` and white space, which belongs to the divider however many lines it spans, into
// at most three parts; a blank first part is dropped. Dividers inside quotes and block scalars count too, and so does
// what stands behind the divider on its line. A byte order mark keeps the first line from being a divider.
std::vector<Part> split_documents(std::string_view text, bool byte_order_mark);

}  // namespace willrun::yaml
