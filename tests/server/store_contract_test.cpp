// What every store does. A store of a kind that fails a case here is wrong, whatever its own tests say.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "server/expired_tokens.hpp"
#include "server/store_places.hpp"

namespace willrun::server {
namespace {

struct Kind {
  const char* name;
  std::unique_ptr<StorePlace> (*make)();
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

Time at(std::int64_t milliseconds) { return Time(std::chrono::milliseconds(milliseconds)); }

TriggerToken token(Id project_id, std::string lookup) {
  TriggerToken token;
  token.project_id = project_id;
  token.owner_id = 7;
  token.description = "nightly";
  token.lookup = std::move(lookup);
  token.sealed = "sealed";
  token.short_token = "abcd";
  token.created_at = token.updated_at = at(1'700'000'000'123);
  return token;
}

void add_expired(Store& store, int count) {
  TriggerToken given = token(1, "");
  given.expires_at = at(1);
  for (int i = 0; i < count; ++i) {
    given.lookup = std::to_string(i);
    add(store, given);
  }
}

Pipeline pipeline(Id project_id, std::uint32_t jobs = 0) {
  Pipeline pipeline;
  pipeline.project_id = project_id;
  pipeline.user_id = 7;
  pipeline.source = "trigger";
  pipeline.ref = "main";
  pipeline.sha = "0123";
  pipeline.status = "created";
  pipeline.created_at = at(1'700'000'001'456);
  pipeline.job_count = jobs;
  pipeline.jobs = "[]";
  pipeline.variables = "[]";
  return pipeline;
}

// With NUL, quotes, what a statement could end with, and bytes that are in no encoding.
const std::string kOdd = std::string("a\0b'\"\\;--$1 %s\n\r\t\xff\xc0\xaf", 19) + "\u00e4\u4e2d";

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    place_ = GetParam().make();
    store_ = place_->open();
  }
  Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = place_->open();
  }
  std::vector<Id> ids(const PipelineQuery& query, Id project_id = 1) {
    std::vector<Id> ids;
    for (const Pipeline& one : store().pipelines(project_id, query).items) ids.push_back(one.id);
    return ids;
  }

  std::unique_ptr<StorePlace> place_;
  std::unique_ptr<Store> store_;
};

constexpr Time kNow = Time(std::chrono::milliseconds(1'700'000'002'000));
constexpr std::string_view kNightly =
    "1 1 7 'nightly' 'one' 'sealed' 'abcd' made 1700000000123 changed 1700000000123 used - until -";

TEST_P(StoreContract, FindsATokenByItsLookup) {
  EXPECT_EQ(print(add(store(), token(1, "one"))), kNightly);
  EXPECT_EQ(print(store().find_trigger_token("one", kNow)), kNightly);
  EXPECT_EQ(print(store().trigger_token(1, 1, kNow)), kNightly);
  for (const char* other : {"", "on", "one ", "ONE", "two"})
    EXPECT_EQ(print(store().find_trigger_token(other, kNow)), "none") << other;
}

TEST_P(StoreContract, ATokenEndsAtItsExpiry) {
  TriggerToken given = token(1, "one");
  given.expires_at = at(5'001);
  const Id id = add(store(), given)->id;
  EXPECT_EQ(store().find_trigger_token("one", at(5'000))->expires_at, at(5'001));
  EXPECT_TRUE(store().trigger_token(1, id, at(5'000)));
  EXPECT_EQ(store().trigger_tokens(1, at(5'000), 1, 20).total, 1U);
  for (const Time late : {at(5'001), at(9'000)}) {
    EXPECT_FALSE(store().find_trigger_token("one", late));
    EXPECT_FALSE(store().trigger_token(1, id, late));
    EXPECT_EQ(store().trigger_tokens(1, late, 1, 20).total, 0U);
    EXPECT_FALSE(describe(store(), 1, id, "late", late));
  }
}

TEST_P(StoreContract, RemovesTokensThatExpiredLongAgo) {
  const Time now = kNow;
  const auto ends = [&](const char* lookup, std::optional<Time> expiry, Id project_id = 1) {
    TriggerToken given = token(project_id, lookup);
    given.expires_at = expiry;
    return add(store(), given)->id;
  };
  constexpr std::chrono::milliseconds kTick{1};
  const Id kept = ends("kept", now - kExpiredTokenRetention);
  ends("gone", now - kExpiredTokenRetention - kTick);
  ends("of another project", now - 3 * kExpiredTokenRetention, 2);
  ends("expired", now - kTick);
  ends("valid", now + kTick);
  ends("endless", std::nullopt);
  const auto kept_tokens = [&] {
    std::string left;
    for (const TriggerToken& one : store().expired_trigger_tokens(Time::max(), 20)) left += one.lookup + " ";
    return left;
  };

  const RemovedTokens removed = remove_expired_tokens(store(), now);
  EXPECT_EQ(removed.count, 2U);
  EXPECT_FALSE(removed.more);
  EXPECT_EQ(kept_tokens(), "kept expired valid ");
  EXPECT_TRUE(store().find_trigger_token("endless", now));
  EXPECT_EQ(remove_expired_tokens(store(), now).count, 0U);
  EXPECT_EQ(remove(store(), 1, kept), kept);
  reopen();
  EXPECT_EQ(kept_tokens(), "expired valid ");
}

TEST_P(StoreContract, RemovesExpiredTokensBitByBit) {
  add_expired(store(), 250);
  EXPECT_EQ(store().expired_trigger_tokens(kNow, 7).size(), 7U);
  std::string rounds;
  for (RemovedTokens removed{.count = 0, .more = true}; removed.more;) {
    removed = remove_expired_tokens(store(), kNow);
    rounds += std::to_string(removed.count) + " ";
  }
  EXPECT_EQ(rounds, "100 100 50 ");
}

TEST_P(StoreContract, SeveralMayRemoveExpiredTokens) {
  constexpr int kTokens = 90;
  add_expired(store(), kTokens);
  std::atomic<std::uint64_t> count{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { count += remove_expired_tokens(store(), kNow).count; });
  }
  EXPECT_EQ(count, kTokens);
  EXPECT_TRUE(store().expired_trigger_tokens(kNow, 1).empty());
}

TEST_P(StoreContract, DescribesAToken) {
  const Id id = add(store(), token(1, "one"))->id;
  const std::string_view described =
      "1 1 7 'weekly' 'one' 'sealed' 'abcd' made 1700000000123 changed 1700000002000 used - until -";
  EXPECT_EQ(print(describe(store(), 1, id, "weekly", kNow)), described);
  EXPECT_EQ(print(store().find_trigger_token("one", kNow)), described);
  EXPECT_FALSE(describe(store(), 2, id, "stolen", kNow));
  EXPECT_FALSE(describe(store(), 1, id + 1, "nobody's", kNow));
  EXPECT_EQ(print(store().trigger_token(1, id, kNow)), described);
}

TEST_P(StoreContract, WhatIsRemovedNeverComesBack) {
  const Id id = add(store(), token(1, "one"))->id;
  EXPECT_FALSE(remove(store(), 2, id));
  EXPECT_TRUE(store().find_trigger_token("one", kNow));
  EXPECT_EQ(remove(store(), 1, id), id);
  EXPECT_FALSE(remove(store(), 1, id));
  EXPECT_FALSE(describe(store(), 1, id, "gone", kNow));
  reopen();
  EXPECT_FALSE(store().find_trigger_token("one", kNow));
  EXPECT_FALSE(store().trigger_token(1, id, kNow));
  EXPECT_GT(add(store(), token(1, "two"))->id, id) << "an id was given twice";
}

TEST_P(StoreContract, ALookupIsThereOnce) {
  add(store(), token(1, "one"));
  EXPECT_THROW(add(store(), token(2, "one")), std::runtime_error);
  EXPECT_EQ(store().find_trigger_token("one", kNow)->project_id, 1U);
  EXPECT_TRUE(add(store(), token(2, "two")));
}

TEST_P(StoreContract, PagesTokensOfAProject) {
  for (const char* lookup : {"a", "b", "c", "d", "e"}) add(store(), token(1, lookup));
  add(store(), token(2, "other"));
  struct Case {
    std::uint32_t page;
    std::uint32_t per_page;
    const char* lookups;
  };
  for (const Case& c : {Case{1, 20, "abcde"}, Case{1, 2, "ab"}, Case{2, 2, "cd"}, Case{3, 2, "e"}, Case{4, 2, ""}}) {
    const Page<TriggerToken> found = store().trigger_tokens(1, kNow, c.page, c.per_page);
    std::string lookups;
    for (const TriggerToken& one : found.items) lookups += one.lookup;
    EXPECT_EQ(lookups, c.lookups) << c.page;
    EXPECT_EQ(found.total, 5U);
  }
  EXPECT_EQ(store().trigger_tokens(3, kNow, 1, 20).total, 0U);
}

TEST_P(StoreContract, KeepsAPipeline) {
  Pipeline given = pipeline(1, 3);
  given.trigger_id = 5;
  given.short_token = "abcd";
  given.upstream_job_id = 12;
  given.tag = true;
  given.failure_reason = "config_error";
  given.errors = "wrong";
  given.name = "a name";
  const std::string_view kept =
      "1 1 1 7 5 'abcd' 12 'trigger' 'main' 1 '0123' 'created' 'config_error' 'wrong' 'a name' made 1700000001456 jobs "
      "1 3 "
      "'[]' '[]'";
  EXPECT_EQ(print(add(store(), given)), kept);
  EXPECT_EQ(print(store().pipeline(1, 1)), kept);
  EXPECT_EQ(print(store().pipeline(2, 1)), "none");
  EXPECT_EQ(print(store().pipeline(1, 2)), "none");
}

TEST_P(StoreContract, NumbersPipelinesOfEachProject) {
  EXPECT_EQ(store().next_iid(1, false), 1U);
  EXPECT_EQ(store().next_iid(1, true), 1U);
  EXPECT_EQ(store().next_iid(1, false), 2U);
  EXPECT_EQ(add(store(), pipeline(1))->iid, 2U);  // 1 is left out
  EXPECT_EQ(add(store(), pipeline(2))->iid, 1U);
  reopen();
  EXPECT_EQ(store().next_iid(1, true), 3U);
  EXPECT_EQ(store().next_iid(2, false), 2U);
}

TEST_P(StoreContract, GivesIidsToPipelinesWithoutOne) {
  std::vector<std::future<Stored<Pipeline>>> begun;
  for (const Id project_id : {3, 1, 2, 1, 1, 2}) begun.push_back(begin_pipeline(store(), pipeline(project_id)));
  std::string iids;
  for (auto& one : begun) iids += std::to_string(one.get().value.value().iid);
  EXPECT_EQ(iids, "111232");
  EXPECT_EQ(store().next_iid(1, true), 4U);
  EXPECT_EQ(begin_pipeline(store(), pipeline(1)).get().value.value().iid, 5U);
}

// A store may forget what it knows, as when it is told of its own changes. So it is looked up until it is known.
template <class Find, class Known>
auto known_after(Find find, Known known) {
  for (int i = 0; i < 1'000; ++i) {
    if (!find()) break;
    if (auto seen = known()) return seen;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return known();
}

TEST_P(StoreContract, KnowsTokensThatWereLookedUp) {
  const auto find = [&] { return store().find_trigger_token("one", kNow); };
  const auto known = [&] { return store().known_trigger_token("one", kNow); };
  TriggerToken given = token(1, "one");
  given.expires_at = kNow + std::chrono::milliseconds(1);
  const Id id = add(store(), given)->id;
  EXPECT_EQ(print(known()), "none");
  const std::string first = print(known_after(find, known));
  EXPECT_EQ(first, print(find()));
  EXPECT_NE(first.find("'nightly'"), std::string::npos);
  EXPECT_EQ(print(store().known_trigger_token("one", kNow + std::chrono::milliseconds(1))), "none") << "it ended";
  ASSERT_TRUE(describe(store(), 1, id, "weekly", kNow));
  EXPECT_EQ(print(known()), "none") << "it is another one now";
  EXPECT_EQ(known_after(find, known)->description, "weekly");
  ASSERT_TRUE(remove(store(), 1, id));
  EXPECT_EQ(print(known()), "none");
}

TEST_P(StoreContract, KnowsTokensOfJobsThatWereLookedUp) {
  const auto find = [&] { return store().find_job_token("one"); };
  const auto known = [&] { return store().known_job_token("one"); };
  JobToken given{.job_id = 10, .project_id = 1, .pipeline_id = 3, .user_id = 7, .lookup = "one"};
  start(store(), given);
  EXPECT_EQ(print(known()), "none");
  EXPECT_EQ(print(known_after(find, known)), "10 1 3 7 'one' 0");
  end(store(), 1, 10, JobState::finished);
  EXPECT_EQ(print(known()), "none");
  EXPECT_EQ(print(known_after(find, known)), "10 1 3 7 'one' 1");
  given.lookup = "two";
  start(store(), given);
  EXPECT_EQ(print(known()), "none") << "a job has one token";
}

TEST_P(StoreContract, AnIidIsThereOnce) {
  Pipeline given = pipeline(1);
  given.iid = 1;
  add(store(), given);
  EXPECT_THROW(add(store(), given), std::runtime_error);
  given.project_id = 2;
  EXPECT_TRUE(add(store(), given));
}

TEST_P(StoreContract, WhatFailsAloneFailsAlone) {
  Pipeline first = pipeline(1);
  first.iid = 1;
  add(store(), first);
  std::vector<std::future<Stored<Pipeline>>> begun;
  for (Id iid : {2, 3, 1, 4, 1, 5}) {
    first.iid = iid;
    begun.push_back(begin_pipeline(store(), first));
  }
  std::string outcomes;
  for (auto& one : begun) {
    const Stored<Pipeline> stored = one.get();
    outcomes += stored.value ? std::to_string(stored.value->iid) : stored.failure.empty() ? "?" : "x";
  }
  EXPECT_EQ(outcomes, "23x4x5");
  EXPECT_EQ(store().pipelines(1, {}).total, 5U);
}

TEST_P(StoreContract, JobsHaveConsecutiveIds) {
  const Pipeline first = *add(store(), pipeline(1, 3));
  const Pipeline empty = *add(store(), pipeline(1, 0));
  const Pipeline second = *add(store(), pipeline(2, 2));
  const Id last = second.first_job_id + 1;
  EXPECT_GE(second.first_job_id, first.first_job_id + 3);
  for (Id i = 0; i < 3; ++i) EXPECT_EQ(store().pipeline_of_job(1, first.first_job_id + i)->id, first.id);
  EXPECT_EQ(store().pipeline_of_job(2, last)->id, second.id);
  EXPECT_FALSE(store().pipeline_of_job(1, last)) << "of another project";
  EXPECT_FALSE(store().pipeline_of_job(2, last + 1));
  EXPECT_FALSE(store().pipeline_of_job(1, 0));
  reopen();
  EXPECT_GT(add(store(), pipeline(1, 1))->first_job_id, last);
}

TEST_P(StoreContract, NotesTheUseOfATriggerToken) {
  const Id id = add(store(), token(1, "one"))->id;
  const Id other = add(store(), token(1, "two"))->id;
  EXPECT_EQ(store().trigger_token(1, id, kNow)->last_used, std::nullopt);
  Pipeline given = pipeline(1);
  given.trigger_id = id;
  add(store(), given);
  given.created_at = at(1'700'000'005'999);
  add(store(), given);
  EXPECT_EQ(store().trigger_token(1, id, kNow)->last_used, at(1'700'000'005'999));
  EXPECT_EQ(store().trigger_tokens(1, kNow, 1, 1).items.at(0).last_used, at(1'700'000'005'999));
  EXPECT_EQ(store().trigger_token(1, other, kNow)->last_used, std::nullopt);
}

TEST_P(StoreContract, ListsPipelines) {
  const auto add_one = [&](const char* ref, const char* source, const char* status, const char* sha) {
    Pipeline given = pipeline(1, 1);
    given.ref = ref;
    given.source = source;
    given.status = status;
    given.sha = sha;
    add(store(), given);
  };
  add_one("main", "trigger", "created", "aa");
  add_one("main", "api", "failed", "bb");
  add_one("dev", "trigger", "created", "aa");
  add_one("main", "trigger", "skipped", "cc");
  add(store(), pipeline(2));
  struct Case {
    PipelineQuery query;
    std::vector<Id> ids;
    std::uint64_t total;
  };
  const std::vector<Case> cases = {
      {{}, {4, 3, 2, 1}, 4},
      {{.ascending = true}, {1, 2, 3, 4}, 4},
      {{.ref = "main"}, {4, 2, 1}, 3},
      {{.ref = "mai"}, {}, 0},
      {{.source = "trigger"}, {4, 3, 1}, 3},
      {{.status = "failed"}, {2}, 1},
      {{.sha = "aa"}, {3, 1}, 2},
      {{.ref = "main", .source = "trigger", .status = "created", .sha = "aa"}, {1}, 1},
      {{.page = 1, .per_page = 3}, {4, 3, 2}, 4},
      {{.page = 2, .per_page = 3}, {1}, 4},
      {{.page = 3, .per_page = 3}, {}, 4},
      {{.ref = "main", .ascending = true, .page = 2, .per_page = 1}, {2}, 3},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ids(c.query), c.ids);
    EXPECT_EQ(store().pipelines(1, c.query).total, c.total);
  }
  EXPECT_EQ(print(store().pipelines(2, {}).items.at(0)),
            "5 1 2 7 0 '' 0 'trigger' 'main' 0 '0123' 'created' '' '' '' made 1700000001456 jobs 5 0 '' ''");
}

TEST_P(StoreContract, FiltersAndOrdersPipelines) {
  const auto add_one = [&](const char* ref, bool tag, Id user_id, const char* name, const char* errors, Time created) {
    Pipeline given = pipeline(1);
    given.ref = ref;
    given.tag = tag;
    given.user_id = user_id;
    given.name = name;
    given.errors = errors;
    given.status = *errors == '\0' ? "created" : "failed";
    given.created_at = created;
    add(store(), given);
  };
  add_one("main", false, 7, "", "", at(1'000));
  add_one("v1", true, 8, "nightly", "", at(2'000));
  add_one("main", false, 7, "nightly", "no jobs", at(3'000));
  add_one("dev", false, 6, "", "", at(4'000));
  add_one("v1", true, 7, "", "", at(5'000));
  add(store(), pipeline(2));
  struct Case {
    PipelineQuery query;
    std::vector<Id> ids;
  };
  const std::vector<Case> cases = {
      {{.name = "nightly"}, {3, 2}},
      {{.user_id = 7}, {5, 3, 1}},
      {{.user_id = 0}, {}},
      {{.has_errors = true}, {3}},
      {{.has_errors = false}, {5, 4, 2, 1}},
      {{.since = at(3'000)}, {5, 4, 3}},
      {{.until = at(3'000)}, {3, 2, 1}},
      {{.since = at(2'000), .until = at(2'999)}, {2}},
      {{.newest_of_tags = true}, {5}},
      {{.newest_of_tags = false}, {4, 3}},
      {{.ref = "v1", .newest_of_tags = true}, {5}},
      {{.ref = "main", .newest_of_tags = true}, {}},
      {{.ref = "main", .newest_of_tags = false}, {3}},
      {{.finished = true}, {3}},
      {{.order = PipelineOrder::ref, .ascending = true}, {4, 1, 3, 2, 5}},
      {{.order = PipelineOrder::ref}, {5, 2, 3, 1, 4}},
      {{.order = PipelineOrder::status, .ascending = true}, {1, 2, 4, 5, 3}},
      {{.order = PipelineOrder::user_id}, {2, 5, 3, 1, 4}},
  };
  for (const Case& c : cases) {
    const Page<Pipeline> found = store().pipelines(1, c.query);
    EXPECT_EQ(ids(c.query), c.ids);
    EXPECT_EQ(found.total, c.ids.size());
    EXPECT_FALSE(found.has_next);
  }
}

TEST_P(StoreContract, TellsATagFromABranchOfTheSameName) {
  for (const bool tag : {false, true, false, true, false}) {
    Pipeline given = pipeline(1);
    given.ref = "both";
    given.tag = tag;
    add(store(), given);
  }
  EXPECT_EQ(ids({.newest_of_tags = true}), (std::vector<Id>{4}));
  EXPECT_EQ(ids({.newest_of_tags = false}), (std::vector<Id>{5}));
}

TEST_P(StoreContract, BringsAnOlderStoreUpToDate) {
  add(store(), pipeline(1));
  store_.reset();
  const auto drop_what_is_new = [&] {
    place_->run("DROP INDEX pipelines_of_ref");
    place_->run("DROP INDEX pipelines_of_tag");
    place_->run("DROP INDEX pipelines_of_commit");
  };
  drop_what_is_new();
  place_->set_version(1);
  store_ = place_->open();
  EXPECT_TRUE(store().ready());
  add(store(), pipeline(1));
  EXPECT_EQ(ids({.ref = "main", .sha = "0123"}), (std::vector<Id>{2, 1}));
  store_.reset();
  EXPECT_NO_THROW(drop_what_is_new());
}

TEST_P(StoreContract, IsNotOpenedByAnOlderProgram) {
  place_->set_version(99);
  const std::string failure = failure_of([&] { place_->open(); });
  EXPECT_NE(failure.find("was written by a newer willrun"), std::string::npos) << failure;
  EXPECT_FALSE(store().ready());
}

TEST_P(StoreContract, CountsNoMorePipelinesThanItHasTo) {
  std::vector<std::future<Stored<Pipeline>>> begun;
  for (std::uint64_t i = 0; i < kMostCounted + 5; ++i) begun.push_back(begin_pipeline(store(), pipeline(1)));
  for (auto& one : begun) ASSERT_EQ(one.get().failure, "");
  const auto page = [&](std::uint32_t number) {
    const Page<Pipeline> found = store().pipelines(1, {.page = number, .per_page = 5});
    return fmt::format("{} of {}{}", found.items.size(), found.total, found.has_next ? ", and more" : "");
  };
  EXPECT_EQ(page(1), "5 of 10001, and more");
  EXPECT_EQ(page(2'000), "5 of 10001, and more");
  EXPECT_EQ(page(2'001), "5 of 10001");
  EXPECT_EQ(page(2'002), "0 of 10001");
}

TEST_P(StoreContract, KeepsTokensOfJobs) {
  const JobToken given{.job_id = 10, .project_id = 1, .pipeline_id = 3, .user_id = 7, .lookup = "one"};
  EXPECT_EQ(print(start(store(), given)), "10 1 3 7 'one' 0");
  EXPECT_EQ(print(store().find_job_token("one")), "10 1 3 7 'one' 0");
  EXPECT_EQ(print(store().find_job_token("two")), "none");
  EXPECT_EQ(print(end(store(), 2, 10, JobState::finished)), "none");
  EXPECT_EQ(print(end(store(), 1, 11, JobState::finished)), "none");
  EXPECT_EQ(print(end(store(), 1, 10, JobState::finished)), "10 1 3 7 'one' 1");
  EXPECT_EQ(print(store().find_job_token("one")), "10 1 3 7 'one' 1");

  JobToken again = given;
  again.lookup = "two";
  start(store(), again);
  EXPECT_EQ(print(store().find_job_token("one")), "none") << "a job has one token";
  EXPECT_EQ(print(store().find_job_token("two")), "10 1 3 7 'two' 0");
  start(store(), {.job_id = 9, .project_id = 1, .pipeline_id = 3, .user_id = 8, .lookup = "three"});
  start(store(), {.job_id = 20, .project_id = 1, .pipeline_id = 4, .user_id = 8, .lookup = "four"});
  const std::vector<JobToken> all = store().job_tokens(3);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(print(all[0]), "9 1 3 8 'three' 0");
  EXPECT_EQ(print(all[1]), "10 1 3 7 'two' 0");
}

TEST_P(StoreContract, TextsAreBytes) {
  TriggerToken given = token(1, kOdd);
  given.description = given.sealed = given.short_token = kOdd;
  const Id id = add(store(), given)->id;
  const TriggerToken found = store().find_trigger_token(kOdd, kNow).value();
  EXPECT_EQ(print(found), print(store().trigger_token(1, id, kNow)));
  for (const std::string* text : {&found.description, &found.lookup, &found.sealed, &found.short_token})
    EXPECT_EQ(*text, kOdd);
  EXPECT_EQ(describe(store(), 1, id, kOdd + kOdd, kNow)->description, kOdd + kOdd);

  Pipeline odd = pipeline(1);
  odd.short_token = odd.source = odd.ref = odd.sha = odd.status = odd.failure_reason = odd.errors = odd.name =
      odd.jobs = odd.variables = kOdd;
  const Pipeline kept = add(store(), odd).value();
  reopen();
  EXPECT_EQ(print(store().pipeline(1, kept.id)), print(kept));
  EXPECT_EQ(store().pipeline(1, kept.id)->name, kOdd);
  EXPECT_EQ(ids({.ref = kOdd, .source = kOdd, .status = kOdd, .sha = kOdd}), std::vector<Id>{kept.id});
  EXPECT_EQ(ids({.ref = std::string(kOdd.c_str())}), std::vector<Id>{}) << "cut at the NUL";

  start(store(), {.job_id = 1, .project_id = 1, .pipeline_id = 1, .user_id = 1, .lookup = kOdd});
  EXPECT_EQ(store().find_job_token(kOdd)->lookup, kOdd);
}

TEST_P(StoreContract, KeepsLargeTexts) {
  Pipeline given = pipeline(1);
  given.jobs = std::string(1 << 20, '\xfe');
  given.variables.clear();
  for (int i = 0; given.variables.size() < 1 << 20; ++i) given.variables += std::to_string(i);
  const Pipeline kept = add(store(), given).value();
  const Pipeline found = store().pipeline(1, kept.id).value();
  EXPECT_TRUE(found.jobs == given.jobs);
  EXPECT_TRUE(found.variables == given.variables);
}

TEST_P(StoreContract, KeepsTimesFromTheFirstToTheLast) {
  for (const std::int64_t milliseconds : {-62'135'596'800'000, -1L, 0L, 1L, 1'700'000'000'999, 253'402'300'799'999}) {
    Pipeline given = pipeline(1);
    given.created_at = at(milliseconds);
    EXPECT_EQ(store().pipeline(1, add(store(), given)->id)->created_at, at(milliseconds));
  }
}

TEST_P(StoreContract, NumbersBeyondAllAreNotThere) {
  add(store(), pipeline(1, 1));
  add(store(), token(1, "one"));
  for (const Id id : {Id{0}, Id{9'223'372'036'854'775'807U}, Id{9'223'372'036'854'775'808U}, ~Id{0}}) {
    EXPECT_FALSE(store().pipeline(1, id));
    EXPECT_FALSE(store().pipeline(id, 1));
    EXPECT_FALSE(store().pipeline_of_job(1, id));
    EXPECT_FALSE(store().trigger_token(1, id, kNow));
    EXPECT_FALSE(remove(store(), 1, id));
    EXPECT_FALSE(end(store(), 1, id, JobState::erased));
    EXPECT_TRUE(store().job_tokens(id).empty());
  }
}

TEST_P(StoreContract, WhatWasAcknowledgedIsThereAfterReopening) {
  add(store(), token(1, "one"));
  start(store(), {.job_id = 1, .project_id = 1, .pipeline_id = 1, .user_id = 1, .lookup = "job"});
  std::vector<std::future<Stored<Pipeline>>> begun;
  for (int i = 0; i < 300; ++i) {
    Pipeline given = pipeline(1, 2);
    given.iid = store().next_iid(1, true);
    begun.push_back(begin_pipeline(store(), given));
  }
  reopen();  // a store that goes writes what is waiting
  for (auto& one : begun) {
    const Pipeline acknowledged = one.get().value.value();
    EXPECT_EQ(print(store().pipeline(1, acknowledged.id)), print(acknowledged));
  }
  EXPECT_EQ(store().pipelines(1, {}).total, 300U);
  EXPECT_TRUE(store().find_trigger_token("one", kNow));
  EXPECT_TRUE(store().find_job_token("job"));
}

TEST_P(StoreContract, ManyMayWriteAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  const Id trigger = add(store(), token(1, "one"))->id;
  std::vector<std::vector<Pipeline>> made(kThreads);
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      for (int i = 0; i < kEach; ++i) {
        Pipeline given = pipeline(1 + number % 2, static_cast<std::uint32_t>(i % 5));
        given.trigger_id = trigger;
        made[static_cast<std::size_t>(number)].push_back(add(store(), given).value());
        const std::string lookup = std::to_string(number) + "/" + std::to_string(i);
        const Id id = add(store(), token(3, lookup))->id;
        EXPECT_TRUE(store().find_trigger_token(lookup, kNow)) << "read your own writes";
        if (i % 2 == 0) {
          EXPECT_EQ(remove(store(), 3, id), id);
          EXPECT_FALSE(store().find_trigger_token(lookup, kNow));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<Id> ids;
  std::set<std::pair<Id, Id>> iids;
  std::set<Id> jobs;
  std::size_t job_count = 0;
  for (const auto& of_thread : made) {
    for (const Pipeline& one : of_thread) {
      ids.insert(one.id);
      iids.insert({one.project_id, one.iid});
      for (Id i = 0; i < one.job_count; ++i) jobs.insert(one.first_job_id + i);
      job_count += one.job_count;
    }
  }
  EXPECT_EQ(ids.size(), kThreads * kEach);
  EXPECT_EQ(iids.size(), kThreads * kEach);
  EXPECT_EQ(jobs.size(), job_count);
  EXPECT_EQ(store().pipelines(1, {}).total + store().pipelines(2, {}).total, kThreads * kEach);
  EXPECT_EQ(store().trigger_tokens(3, kNow, 1, 1).total, kThreads * kEach / 2);
}

TEST_P(StoreContract, IsReady) {
  EXPECT_TRUE(store().ready());
  reopen();
  EXPECT_TRUE(store().ready());
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values(Kind{"sqlite", make_sqlite_place}, Kind{"postgres", make_postgres_place}),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace willrun::server
