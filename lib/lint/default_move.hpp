// Keywords at the top of a file, moved below `default:`.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "lint/subject.hpp"

namespace willrun::lint {

// The fix that moves these keywords of the file's own content below a `default:` of their own, where the first of them
// stands. GitLab takes them from either place alike, so this is safe where nothing else can tell the difference: there
// is no `default:` yet, the file includes none that may say something about these keywords and has no header (which is
// for files that others include), nothing refers to them, and they are written as a block whose lines may move (no
// anchors or aliases in what passes other entries).
std::optional<Fix> move_to_default(const Subject& subject, std::span<const std::string_view> names);

}  // namespace willrun::lint
