// The table of routes: what stands here is there, and nothing else is.
#include <array>

#include "server/api/endpoints.hpp"
#include "server/router.hpp"

namespace willrun::server {

std::span<const Route> routes() {
  static constexpr std::array kRoutes = {
      Route{"POST", "/api/v4/projects/:id/trigger/pipeline", api::trigger_pipeline},
      // A ref with slashes should come encoded; raw ones are understood, too.
      Route{"POST", "/api/v4/projects/:id/ref/*ref/trigger/pipeline", api::trigger_pipeline},
      Route{"GET", "/api/v4/projects/:id/triggers", api::list_triggers, Work::stored},
      Route{"POST", "/api/v4/projects/:id/triggers", api::create_trigger, Work::stored},
      Route{"GET", "/api/v4/projects/:id/triggers/:trigger_id", api::show_trigger, Work::stored},
      Route{"PUT", "/api/v4/projects/:id/triggers/:trigger_id", api::change_trigger, Work::stored},
      Route{"DELETE", "/api/v4/projects/:id/triggers/:trigger_id", api::remove_trigger, Work::stored},
      Route{"POST", "/api/v4/projects/:id/pipeline", api::create_pipeline},
      Route{"GET", "/api/v4/projects/:id/pipelines", api::list_pipelines, Work::stored},
      Route{"GET", "/api/v4/projects/:id/pipelines/:pipeline_id", api::show_pipeline, Work::stored},
      Route{"GET", "/api/v4/projects/:id/pipelines/:pipeline_id/jobs", api::list_jobs, Work::stored},
      Route{"GET", "/api/v4/projects/:id/pipelines/:pipeline_id/bridges", api::list_bridges, Work::stored},
      Route{"GET", "/api/v4/projects/:id/pipelines/:pipeline_id/variables", api::list_variables, Work::stored},
      Route{"POST", "/api/v4/projects/:id/jobs/:job_id/token", api::start_job, Work::stored},
      Route{"DELETE", "/api/v4/projects/:id/jobs/:job_id/token", api::end_job},
      Route{"GET", "/api/v4/projects/:id/ci/lint", api::lint_committed, Work::slow},
      Route{"POST", "/api/v4/projects/:id/ci/lint", api::lint_content, Work::slow},
      Route{"GET", "/api/v4/projects/:id/explain", api::explain_job, Work::slow},
      Route{"GET", "/api/v4/projects", api::list_projects},
      Route{"GET", "/api/v4/projects/:id/repository/branches", api::list_branches, Work::slow},
      Route{"GET", "/api/v4/projects/:id/repository/tags", api::list_tags, Work::slow},
      Route{"GET", "/api/v4/projects/:id/willrun/form", api::show_form, Work::slow},
      Route{"POST", "/api/v4/projects/:id/willrun/preview", api::preview, Work::slow},
      Route{"GET", "/", api::page, Work::quick, false},
      Route{"GET", "/page/:file", api::page, Work::quick, false},
      Route{"GET", "/healthz", api::health, Work::quick, false},
      Route{"GET", "/readyz", api::ready, Work::stored, false},
      Route{"GET", "/metrics", api::metrics, Work::quick, false},
  };
  return kRoutes;
}

}  // namespace willrun::server
