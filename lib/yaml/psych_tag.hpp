// What a tag makes of its node in Psych's safe load with symbols and `!reference` permitted.
#pragma once

#include <string_view>

namespace willrun::yaml {

enum class TagMeaning : std::uint8_t {
  none,       // no tag, or one that Psych does not know: the node is what it looks like
  reference,  // GitLab's !reference
  refused,    // names a class that GitLab does not permit; on some mappings only once the children are read
  crash,      // Psych itself fails
  text,       // scalar: a string; mapping: Psych's odd form of one, the value under `str`
  binary,     // scalar: base64
  floating,   // scalar: Ruby's Float() of what it looks like
  symbol,     // scalar
  null,       // scalar: an empty `!ruby/class`
  pairs,      // sequence: `!!omap`, a mapping made of its items' pairs
  encoding,   // scalar: a Ruby encoding by name
};

struct TagAnswer {
  TagMeaning meaning = TagMeaning::none;
  std::string_view refused_class;  // a slice of the tag, of the value or of static duration
  bool children_first = false;     // refused only when the children were read without another error
};

TagAnswer scalar_tag(std::string_view tag, std::string_view value);
TagAnswer sequence_tag(std::string_view tag);
TagAnswer mapping_tag(std::string_view tag);

}  // namespace willrun::yaml
