// What git says of a push before it happens.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <willrun/trigger.hpp>

#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

// One line of a pre-push hook's standard input (githooks(5)).
struct PushLine {
  std::string local_ref;
  std::string local_sha;  // of a commit or an annotated tag; zeros: the remote ref is deleted
  std::string remote_ref;
  std::string remote_sha;  // what the remote has; zeros: nothing

  bool deletes() const;
  bool is_tag() const { return remote_ref.starts_with("refs/tags/"); }
  bool is_branch() const { return remote_ref.starts_with("refs/heads/"); }
  std::string name() const;   // "main", "v1"
  std::string shown() const;  // "push main", "push tag v1"
};

// Throws a UsageError that names the line.
std::vector<PushLine> read_push_lines(std::istream& in);

// The trigger that this push of `sha` will be; `address` is the remote's. `notes` gets a line for each fact that is not
// known.
Trigger trigger_of(const PushLine& push, const std::string& sha, const std::string& address,
                   const Surroundings& surroundings, std::vector<std::string>& notes);

}  // namespace willrun::cli
