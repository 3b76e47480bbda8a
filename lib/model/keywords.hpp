// The tables of keywords, by the entry that stands at the top of each.
#pragma once

#include "model/entry.hpp"

namespace willrun::model {

extern const Entry kRootEntry;  // the whole file but its jobs
extern const Entry kDefaultEntry;
extern const Entry kJobEntry;           // a job with script: or run:
extern const Entry kBridgeEntry;        // a job with trigger:
extern const Entry kJobsEntry;          // where jobs stand in GitLab's messages
extern const Entry kIncludeRulesEntry;  // of `include:rules`
extern const Entry kHiddenEntry;        // a key that starts with a dot

// Whether this key of the file is a keyword of its own rather than a job.
const Keyword* root_keyword(std::string_view key);

// Whether a job of this kind takes the keyword from `default:` when it has none of its own.
bool takes_default(const Entry& job, std::string_view key);

}  // namespace willrun::model
