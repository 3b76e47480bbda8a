// The tables of keywords, by the entry that stands at the top of each.
#pragma once

#include "model/entry.hpp"

namespace willrun::model {

extern const Entry kRootEntry;    // the whole file but its jobs
extern const Entry kJobEntry;     // a job with script: or run:
extern const Entry kBridgeEntry;  // a job with trigger:
extern const Entry kJobsEntry;    // where jobs stand in GitLab's messages
extern const Entry kHiddenEntry;  // a key that starts with a dot

// Whether this key of the file is a keyword of its own rather than a job.
const Keyword* root_keyword(std::string_view key);

}  // namespace willrun::model
