// Every endpoint; routes.cpp says where each stands.
#pragma once

#include "server/call.hpp"

namespace willrun::server::api {

// trigger.cpp
void trigger_pipeline(const CallPointer& call);
// pipelines.cpp
void create_pipeline(const CallPointer& call);
void list_pipelines(const CallPointer& call);
void show_pipeline(const CallPointer& call);
void list_jobs(const CallPointer& call);
void list_bridges(const CallPointer& call);
void list_variables(const CallPointer& call);
// job_tokens.cpp
void start_job(const CallPointer& call);
void end_job(const CallPointer& call);
// triggers.cpp
void list_triggers(const CallPointer& call);
void show_trigger(const CallPointer& call);
void create_trigger(const CallPointer& call);
void change_trigger(const CallPointer& call);
void remove_trigger(const CallPointer& call);
// lint.cpp
void lint_committed(const CallPointer& call);
void lint_content(const CallPointer& call);
// explain.cpp
void explain_job(const CallPointer& call);
// projects.cpp
void list_projects(const CallPointer& call);
void list_branches(const CallPointer& call);
void list_tags(const CallPointer& call);
// form.cpp
void show_form(const CallPointer& call);
// preview.cpp
void preview(const CallPointer& call);
// page.cpp
void page(const CallPointer& call);
// operation.cpp
void health(const CallPointer& call);
void ready(const CallPointer& call);
void metrics(const CallPointer& call);

}  // namespace willrun::server::api
