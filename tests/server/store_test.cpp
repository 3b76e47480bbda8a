// The contract of stores, over each store.
#include <atomic>
#include <thread>

#include "server/store_contract.hpp"

namespace willrun::server {
namespace {

constexpr Id kProject = 7;

Time at(int seconds) { return Time(std::chrono::seconds(seconds)); }

TriggerToken token_of(std::string lookup, std::optional<Time> expires = std::nullopt) {
  TriggerToken token;
  token.project_id = kProject;
  token.owner_id = 2;
  token.description = "with 'quotes' and \xC3\xA4";
  token.lookup = std::move(lookup);
  token.sealed = std::string("\0\1sealed", 8);
  token.short_token = "abcd";
  token.created_at = token.updated_at = at(10);
  token.expires_at = expires;
  return token;
}

Pipeline pipeline_of(Store& store, std::uint32_t jobs, Id trigger = 0) {
  Pipeline pipeline;
  pipeline.iid = store.next_iid(kProject, true);
  pipeline.project_id = kProject;
  pipeline.user_id = 2;
  pipeline.trigger_id = trigger;
  pipeline.short_token = "abcd";
  pipeline.source = "trigger";
  pipeline.ref = "main";
  pipeline.sha = std::string(40, 'a');
  pipeline.status = "created";
  pipeline.created_at = at(20);
  pipeline.job_count = jobs;
  pipeline.jobs = "[1]";
  pipeline.variables = "[2]";
  return pipeline;
}

class Stores : public testing::TestWithParam<StoreMaker> {
 protected:
  Stores() {
    if (GetParam().clear) GetParam().clear(folder_);
    reopen();
  }
  void reopen() {
    store_.reset();
    store_ = GetParam().open(folder_);
  }
  TriggerToken add(TriggerToken token) {
    return *waited<TriggerToken>([&](auto done) { store_->add_trigger_token(std::move(token), done); });
  }
  Pipeline add(Pipeline pipeline) {
    return *waited<Pipeline>([&](auto done) { store_->add_pipeline(std::move(pipeline), done); });
  }

  tools::ScratchFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(Stores, KeepTriggerTokens) {
  const TriggerToken made = add(token_of(std::string("\0one", 4)));
  reopen();
  const auto found = store_->find_trigger_token(std::string_view("\0one", 4), at(30));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, made.id);
  EXPECT_EQ(found->description, "with 'quotes' and \xC3\xA4");
  EXPECT_EQ(found->sealed, std::string("\0\1sealed", 8));
  EXPECT_EQ(found->created_at, at(10));
  EXPECT_EQ(found->last_used, std::nullopt);
  EXPECT_FALSE(store_->find_trigger_token("two", at(30)));
  EXPECT_FALSE(store_->trigger_token(kProject + 1, made.id, at(30)));
}

TEST_P(Stores, ListTriggerTokensInPages) {
  for (const char* lookup : {"a", "b", "c"}) add(token_of(lookup));
  const auto page = store_->trigger_tokens(kProject, at(30), 2, 2);
  EXPECT_EQ(page.total, 3U);
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].lookup, "c");
  EXPECT_EQ(store_->trigger_tokens(kProject + 1, at(30), 1, 20).total, 0U);
}

TEST_P(Stores, ForgetExpiredTokens) {
  const TriggerToken made = add(token_of("a", at(100)));
  EXPECT_TRUE(store_->find_trigger_token("a", at(99)));
  EXPECT_FALSE(store_->find_trigger_token("a", at(100)));
  EXPECT_FALSE(store_->trigger_token(kProject, made.id, at(101)));
  EXPECT_EQ(store_->trigger_tokens(kProject, at(101), 1, 20).total, 0U);
}

TEST_P(Stores, NeverGiveTheNumberOfARevokedTokenAgain) {
  const TriggerToken first = add(token_of("a"));
  EXPECT_TRUE(waited<Id>([&](auto done) { store_->remove_trigger_token(kProject, first.id, done); }));
  EXPECT_FALSE(waited<Id>([&](auto done) { store_->remove_trigger_token(kProject, first.id, done); }));
  EXPECT_FALSE(store_->find_trigger_token("a", at(30)));
  reopen();
  EXPECT_GT(add(token_of("b")).id, first.id);
}

TEST_P(Stores, DescribeTokens) {
  const TriggerToken made = add(token_of("a"));
  const auto changed =
      waited<TriggerToken>([&](auto done) { store_->describe_trigger_token(kProject, made.id, "new", at(40), done); });
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->description, "new");
  EXPECT_EQ(changed->updated_at, at(40));
  EXPECT_FALSE(waited<TriggerToken>(
      [&](auto done) { store_->describe_trigger_token(kProject + 1, made.id, "x", at(40), done); }));
}

TEST_P(Stores, RefuseASecondTokenOfTheSameLookupAndGoOn) {
  add(token_of("a"));
  std::promise<std::string> failure;
  store_->add_trigger_token(token_of("a"),
                            [&](const Stored<TriggerToken>& stored) { failure.set_value(stored.failure); });
  EXPECT_NE(failure.get_future().get(), "");
  EXPECT_GT(add(token_of("b")).id, 0U);
}

TEST_P(Stores, NumberPipelinesAndJobs) {
  const TriggerToken token = add(token_of("a"));
  const Pipeline first = add(pipeline_of(*store_, 3, token.id));
  const Pipeline second = add(pipeline_of(*store_, 0));
  const Pipeline third = add(pipeline_of(*store_, 2));
  EXPECT_EQ(first.iid, 1U);
  EXPECT_EQ(third.iid, 3U);
  EXPECT_GT(second.id, first.id);
  EXPECT_EQ(third.first_job_id, first.first_job_id + 3);
  EXPECT_EQ(store_->trigger_token(kProject, token.id, at(30))->last_used, at(20));
  for (const Id job : {first.first_job_id, first.first_job_id + 2})
    EXPECT_EQ(store_->pipeline_of_job(kProject, job)->id, first.id);
  EXPECT_EQ(store_->pipeline_of_job(kProject, third.first_job_id + 1)->id, third.id);
  EXPECT_FALSE(store_->pipeline_of_job(kProject, third.first_job_id + 2));
  EXPECT_FALSE(store_->pipeline_of_job(kProject + 1, first.first_job_id));
  reopen();
  EXPECT_GT(store_->next_iid(kProject, false), 3U);
  EXPECT_EQ(store_->next_iid(kProject + 1, false), 1U);
  const Pipeline fourth = add(pipeline_of(*store_, 1));
  EXPECT_GE(fourth.first_job_id, third.first_job_id + 2);
  const auto whole = store_->pipeline(kProject, first.id);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->jobs, "[1]");
  EXPECT_EQ(whole->variables, "[2]");
  EXPECT_FALSE(store_->pipeline(kProject + 1, first.id));
}

TEST_P(Stores, FilterPipelines) {
  add(pipeline_of(*store_, 0));
  Pipeline other = pipeline_of(*store_, 0);
  other.ref = "v1";
  other.tag = true;
  other.source = "api";
  add(other);
  PipelineQuery query;
  EXPECT_EQ(store_->pipelines(kProject, query).total, 2U);
  EXPECT_EQ(store_->pipelines(kProject, query).items[0].ref, "v1");
  query.ascending = true;
  query.per_page = 1;
  EXPECT_EQ(store_->pipelines(kProject, query).items[0].ref, "main");
  query.ref = "v1";
  EXPECT_EQ(store_->pipelines(kProject, query).total, 1U);
  query.source = "trigger";
  EXPECT_EQ(store_->pipelines(kProject, query).total, 0U);
}

TEST_P(Stores, KeepTokensOfJobs) {
  const JobToken job{5, kProject, 1, 2, "j", JobState::running};
  waited<JobToken>([&](auto done) { store_->start_job(job, done); });
  EXPECT_EQ(store_->find_job_token("j")->job_id, 5U);
  JobToken again = job;
  again.lookup = "k";
  waited<JobToken>([&](auto done) { store_->start_job(again, done); });
  EXPECT_FALSE(store_->find_job_token("j"));
  EXPECT_EQ(store_->job_tokens(1).size(), 1U);
  const auto ended = waited<JobToken>([&](auto done) { store_->end_job(kProject, 5, JobState::erased, done); });
  EXPECT_EQ(ended->state, JobState::erased);
  EXPECT_EQ(store_->find_job_token("k")->state, JobState::erased);
  EXPECT_FALSE(waited<JobToken>([&](auto done) { store_->end_job(kProject, 6, JobState::finished, done); }));
}

TEST_P(Stores, TakeWritesFromManyThreads) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i)
        store_->add_pipeline(pipeline_of(*store_, 2),
                             [&](const Stored<Pipeline>& stored) { done += stored.value ? 1 : 0; });
    });
  }
  for (std::thread& thread : threads) thread.join();
  reopen();  // waits for what was begun
  EXPECT_EQ(done, kThreads * kEach);
  EXPECT_EQ(store_->pipelines(kProject, {}).total, static_cast<std::uint64_t>(kThreads * kEach));
  EXPECT_TRUE(store_->ready());
}

StoreMaker sqlite() {
  return {"sqlite",
          [](const tools::ScratchFolder& folder) {
            return open_sqlite_store({(folder.path() / "store.db").string(), true});
          },
          nullptr};
}

INSTANTIATE_TEST_SUITE_P(Each, Stores, testing::Values(sqlite()), [](const auto& maker) { return maker.param.name; });

TEST(SqliteStore, SaysWhyItCannotBeOpened) {
  const tools::ScratchFolder folder;
  EXPECT_THROW(open_sqlite_store({(folder.path() / "none" / "store.db").string(), true}), std::runtime_error);
  folder.write("text.db", "this is no database, and long enough to be seen as none of them");
  EXPECT_THROW(open_sqlite_store({(folder.path() / "text.db").string(), true}), std::runtime_error);
  EXPECT_THROW(open_store({"mysql://x", true}), std::runtime_error);
}

}  // namespace
}  // namespace willrun::server
