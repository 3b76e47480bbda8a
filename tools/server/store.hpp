// What outlives the process: trigger tokens, pipelines with their jobs and variables, tokens of running jobs.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace willrun::server {

using Id = std::uint64_t;  // from 1; 0 is none
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

struct TriggerToken {
  Id id = 0;
  Id project_id = 0;
  Id owner_id = 0;
  std::string description;
  std::string lookup;       // TokenKey::lookup()
  std::string sealed;       // TokenKey::seal()
  std::string short_token;  // first four characters, to show
  Time created_at{};
  Time updated_at{};
  std::optional<Time> last_used;  // creation of the newest pipeline made with it
  std::optional<Time> expires_at;
};

// A pipeline. `jobs` and `variables` are texts that the store keeps and does not read.
struct Pipeline {
  Id id = 0;
  Id iid = 0;  // inside its project, from 1
  Id project_id = 0;
  Id user_id = 0;
  Id trigger_id = 0;        // the trigger token that made it
  std::string short_token;  // of that token, which may be gone
  Id upstream_job_id = 0;   // the job whose token made it
  std::string source;
  std::string ref;
  bool tag = false;
  std::string sha;
  std::string status;  // created, failed, skipped
  std::string failure_reason;
  std::string errors;  // GitLab's text of a failed one
  std::string name;
  Time created_at{};
  Id first_job_id = 0;  // its jobs have consecutive ids
  std::uint32_t job_count = 0;
  std::string jobs;       // entities.hpp: stored_jobs()
  std::string variables;  // entities.hpp: stored_variables()
};

enum class JobState : std::uint8_t { running = 0, finished = 1, erased = 2 };

// A job that has, or had, a token.
struct JobToken {
  Id job_id = 0;
  Id project_id = 0;
  Id pipeline_id = 0;
  Id user_id = 0;
  std::string lookup;
  JobState state = JobState::running;
};

// By what a list of pipelines is ordered; equal ones by id.
enum class PipelineOrder : std::uint8_t { id, status, ref, user_id };

struct PipelineQuery {
  std::string ref;     // empty: any
  std::string source;  // likewise
  std::string status;
  std::string sha;
  std::string name;
  std::optional<Id> user_id;
  std::optional<bool> has_errors;
  Time since = Time(std::chrono::milliseconds::min());  // of creation, this moment included
  Time until = Time(std::chrono::milliseconds::max());  // likewise
  std::optional<bool> newest_of_tags;                   // only the newest of each tag; false: of each branch
  bool finished = false;                                // only those of which nothing will run
  PipelineOrder order = PipelineOrder::id;
  bool ascending = false;
  std::uint32_t page = 1;
  std::uint32_t per_page = 20;
};

// More pipelines than this are not counted: it would take long, and GitLab does not tell how many they are.
inline constexpr std::uint64_t kMostCounted = 10'000;

template <class T>
struct Page {
  std::vector<T> items;
  std::uint64_t total = 0;  // of all pages; above kMostCounted only that it is more
  bool has_next = false;
};

// The value after a commit, or why there is none.
template <class T>
struct Stored {
  std::optional<T> value;
  std::string failure;  // of the machinery, for the log; empty otherwise
};
template <class T>
using Done = std::function<void(Stored<T>)>;

// How long a token that another server revoked may still be taken.
constexpr std::chrono::milliseconds kRevocationDelay{1'000};

// The machinery of a store failed, not who asked it.
class StoreFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Every call is one transaction. Reads throw StoreFailure; they may wait for a database
// as long as it lets them, but for known_...(), which answer from memory. Writes return at once and call `done` once,
// from any thread, when what they say is on disk. Threads: any, concurrently.
class Store {
 public:
  virtual ~Store() = default;

  // Trigger tokens whose expiry is behind `now` are not there. A token that was removed never comes back.
  virtual std::optional<TriggerToken> find_trigger_token(std::string_view lookup, Time now) = 0;
  // The same from memory; none: it has to be looked up. What this process changed it sees from the acknowledgement on,
  // what others changed at most kRevocationDelay later.
  virtual std::optional<TriggerToken> known_trigger_token(std::string_view lookup, Time now) = 0;
  virtual std::optional<TriggerToken> trigger_token(Id project_id, Id id, Time now) = 0;
  virtual Page<TriggerToken> trigger_tokens(Id project_id, Time now, std::uint32_t page, std::uint32_t per_page) = 0;
  virtual void add_trigger_token(TriggerToken token, Done<TriggerToken> done) = 0;  // gives it an id
  // No value: there is no such token.
  virtual void describe_trigger_token(Id project_id, Id id, std::string description, Time now,
                                      Done<TriggerToken> done) = 0;
  virtual void remove_trigger_token(Id project_id, Id id, Done<Id> done) = 0;
  // Tokens of all projects that expired before this moment, at most `most`: nothing else here finds them, and they are
  // kept until they are removed.
  virtual std::vector<TriggerToken> expired_trigger_tokens(Time before, std::uint32_t most) = 0;

  // A number for the next pipeline of a project: unique in it, and over those of all stored ones. One that is not used
  // is left out. `take` false: only what it would be.
  virtual Id next_iid(Id project_id, bool take) = 0;
  // Gives ids to the pipeline and its jobs and, where it has none, the next iid, and notes the use of its trigger
  // token.
  virtual void add_pipeline(Pipeline pipeline, Done<Pipeline> done) = 0;
  virtual std::optional<Pipeline> pipeline(Id project_id, Id id) = 0;
  virtual Page<Pipeline> pipelines(Id project_id, const PipelineQuery& query) = 0;  // without jobs and variables
  // The pipeline that has this job.
  virtual std::optional<Pipeline> pipeline_of_job(Id project_id, Id job_id) = 0;

  // A job runs, with this token in place of any it had.
  virtual void start_job(JobToken token, Done<JobToken> done) = 0;
  // No value: the job has no token.
  virtual void end_job(Id project_id, Id job_id, JobState state, Done<JobToken> done) = 0;
  virtual std::optional<JobToken> find_job_token(std::string_view lookup) = 0;
  virtual std::optional<JobToken> known_job_token(std::string_view lookup) = 0;  // as known_trigger_token()
  virtual std::vector<JobToken> job_tokens(Id pipeline_id) = 0;

  // Whether it can answer now.
  virtual bool ready() = 0;
};

struct StoreOptions {
  std::string place;      // path of an SQLite file, or postgresql://...
  bool full_sync = true;  // every commit is on disk before it is acknowledged
};
// Opens or makes a store, and brings its schema up to date. Throws std::runtime_error with a text for people.
std::unique_ptr<Store> open_store(const StoreOptions& options);
std::unique_ptr<Store> open_sqlite_store(const StoreOptions& options);
std::unique_ptr<Store> open_postgres_store(const StoreOptions& options);

}  // namespace willrun::server
