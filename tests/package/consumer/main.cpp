#include <iostream>

#include <willrun/config.hpp>
#include <willrun/decision.hpp>
#include <willrun/report.hpp>

int main() {
  willrun::MemoryFiles files;
  files.add(".gitlab-ci.yml", R"(
spec:
  inputs:
    environment:
      options: [dev, production]
---
deploy:
  script: ./deploy.sh $[[ inputs.environment ]]
  rules:
    - if: $CI_PIPELINE_SOURCE == "trigger"
      when: manual
)");
  willrun::Trigger trigger = willrun::Trigger::by_token("main");
  trigger.inputs = {{"environment", "production"}};

  const willrun::Config config = willrun::load(".gitlab-ci.yml", files, trigger, {.mode = willrun::LoadMode::pipeline});
  std::cerr << willrun::render(config.diagnostics(), config.files());
  const willrun::Decision decision = willrun::decide(config, trigger);
  for (const willrun::JobDecision& job : decision.jobs) {
    std::cout << job.name << " (" << willrun::to_string(job.when) << ")\n";
  }
  return decision.status == willrun::Decision::Status::created ? 0 : 1;
}
