// An input of the header that no block reads.
#include <fmt/format.h>

#include "lint/check.hpp"

namespace willrun::lint {

namespace {

// All that stands in `$[[ ]]` blocks of the file.
std::string blocks_of(std::string_view text) {
  std::string all;
  for (std::size_t at = text.find("$[["); at != std::string_view::npos; at = text.find("$[[", at + 1)) {
    const std::size_t end = text.find("]]", at);
    all.append(text.substr(at, end == std::string_view::npos ? end : end - at)).append(" ");
  }
  return all;
}

bool reads(std::string_view blocks, std::string_view name) {
  std::string wanted = "inputs.";
  wanted += name;
  for (std::size_t at = blocks.find(wanted); at != std::string_view::npos; at = blocks.find(wanted, at + 1)) {
    const char next = at + wanted.size() < blocks.size() ? blocks[at + wanted.size()] : ' ';
    const bool goes_on = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9') ||
                         next == '_' || next == '-';
    if (!goes_on) return true;
  }
  return false;
}

void find_input_unused(const Subject& subject, Findings& findings) {
  if (!subject.text.has_header) return;
  const yaml::NodeId inputs = subject.tree.find(subject.tree.find(subject.text.header, "spec"), "inputs");
  if (inputs == yaml::kNoNode || !subject.tree.is_mapping(inputs)) return;
  const std::string blocks = blocks_of(subject.files.text(subject.tree.span(subject.text.content).file));
  for (const yaml::Entry& entry : subject.tree.entries(inputs)) {
    const std::string_view name = subject.tree.text(entry.key);
    if (!reads(blocks, name) && subject.is_own(subject.tree.span(entry.key)))
      findings.add(subject.tree.span(entry.key), fmt::format("the input `{}` is never used", name));
  }
}

}  // namespace

extern const Check input_unused;
const Check input_unused = {diag::Code::input_unused,
                            "Whoever includes the file has to think about a value that changes nothing.",
                            find_input_unused};

}  // namespace willrun::lint
