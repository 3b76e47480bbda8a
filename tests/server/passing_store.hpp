// A store that passes everything on to another one: tests override what is to go otherwise.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/store.hpp"

namespace willrun::server {

class PassingStore : public Store {
 public:
  explicit PassingStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}

  std::optional<TriggerToken> find_trigger_token(std::string_view lookup, Time now) override {
    return store_->find_trigger_token(lookup, now);
  }
  std::optional<TriggerToken> known_trigger_token(std::string_view lookup, Time now) override {
    return store_->known_trigger_token(lookup, now);
  }
  std::optional<TriggerToken> trigger_token(Id project_id, Id id, Time now) override {
    return store_->trigger_token(project_id, id, now);
  }
  Page<TriggerToken> trigger_tokens(Id project_id, Time now, std::uint32_t page, std::uint32_t per_page) override {
    return store_->trigger_tokens(project_id, now, page, per_page);
  }
  void add_trigger_token(TriggerToken token, Done<TriggerToken> done) override {
    store_->add_trigger_token(std::move(token), std::move(done));
  }
  void describe_trigger_token(Id project_id, Id id, std::string description, Time now,
                              Done<TriggerToken> done) override {
    store_->describe_trigger_token(project_id, id, std::move(description), now, std::move(done));
  }
  void remove_trigger_token(Id project_id, Id id, Done<Id> done) override {
    store_->remove_trigger_token(project_id, id, std::move(done));
  }
  std::vector<TriggerToken> expired_trigger_tokens(Time before, std::uint32_t most) override {
    return store_->expired_trigger_tokens(before, most);
  }
  Id next_iid(Id project_id, bool take) override { return store_->next_iid(project_id, take); }
  void add_pipeline(Pipeline pipeline, Done<Pipeline> done) override {
    store_->add_pipeline(std::move(pipeline), std::move(done));
  }
  std::optional<Pipeline> pipeline(Id project_id, Id id) override { return store_->pipeline(project_id, id); }
  Page<Pipeline> pipelines(Id project_id, const PipelineQuery& query) override {
    return store_->pipelines(project_id, query);
  }
  std::optional<Pipeline> pipeline_of_job(Id project_id, Id job_id) override {
    return store_->pipeline_of_job(project_id, job_id);
  }
  void start_job(JobToken token, Done<JobToken> done) override { store_->start_job(std::move(token), std::move(done)); }
  void end_job(Id project_id, Id job_id, JobState state, Done<JobToken> done) override {
    store_->end_job(project_id, job_id, state, std::move(done));
  }
  std::optional<JobToken> find_job_token(std::string_view lookup) override { return store_->find_job_token(lookup); }
  std::optional<JobToken> known_job_token(std::string_view lookup) override { return store_->known_job_token(lookup); }
  std::vector<JobToken> job_tokens(Id pipeline_id) override { return store_->job_tokens(pipeline_id); }
  bool ready() override { return store_->ready(); }

 protected:
  Store& store() { return *store_; }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace willrun::server
