// /healthz, /readyz, /metrics: for those who run the server.
#include "server/api/answers.hpp"
#include "server/api/endpoints.hpp"

namespace willrun::server::api {

namespace {

void answer_text(Call& call, int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  call.service.answer(call, std::move(response));
}

}  // namespace

void health(const CallPointer& call) { answer_text(*call, 200, "ok\n"); }

void ready(const CallPointer& call) {
  const bool ready = call->service.store().ready();
  answer_text(*call, ready ? 200 : 503, ready ? "ready\n" : "the store does not answer\n");
}

void metrics(const CallPointer& call) { answer_text(*call, 200, call->service.metrics_text()); }

}  // namespace willrun::server::api
