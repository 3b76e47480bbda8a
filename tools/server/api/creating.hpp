// What the two endpoints that make pipelines share: decide, store, answer.
#pragma once

#include "server/call.hpp"
#include "server/creation.hpp"
#include "server/store.hpp"

namespace willrun::server {

struct Creating {
  CreationRequest request;
  Id trigger_id = 0;
  Id upstream_job_id = 0;
  bool saves_failed = false;  // the trigger endpoint keeps pipelines of configurations that fail, and answers 422
  bool dry_run = false;       // decides and stores nothing
};

// Decides at once where the configuration is at hand, else on a worker; answers when the pipeline is on disk.
void create(const CallPointer& call, Creating creating);

// Everything that is known of a refusal, as JSON text: the object of `willrun dry-run --json`, in one line.
std::string findings_text(const Creation& creation);

// `inputs`: a map or nothing. Throws 400 `inputs is invalid`.
Json given_inputs(const Call& call);

// TRIGGER_PAYLOAD: all parameters of the call but the token, as compact JSON: those of body and query, then of the
// path, then `variables`.
Variable trigger_payload(const Json& parameters);

// `variables` as a map of texts; nothing is none. Throws GitLab's 400 for anything else in it.
std::vector<Variable> given_variables(const Json& map);

}  // namespace willrun::server
