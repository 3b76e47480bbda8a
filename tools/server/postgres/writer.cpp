#include "server/postgres/writer.hpp"

#include "server/postgres/rows.hpp"

namespace willrun::server::postgres {

namespace {

constexpr std::size_t kMostTogether = 64;  // a statement is prepared for each number of pipelines up to this

}  // namespace

// Tasks of one transaction.
struct Writer::Batch {
  std::vector<NewPipeline> pipelines;
  std::vector<Change> changes;
  std::vector<std::function<void()>> after;  // of `changes`
  bool has_ids = false;
  bool in_doubt = false;  // an earlier run may have been committed

  Batch() = default;
  explicit Batch(std::vector<Task> tasks) {
    for (Task& task : tasks) add(std::move(task));
  }
  void add(Task task) {
    if (auto* pipeline = std::get_if<NewPipeline>(&task)) {
      pipelines.push_back(std::move(*pipeline));
    } else {
      changes.push_back(std::move(std::get<Change>(task)));
    }
  }
  std::size_t size() const { return pipelines.size() + changes.size(); }

  // Batches of one task each.
  std::vector<Batch> apart() {
    std::vector<Batch> parts;
    for (NewPipeline& one : pipelines) parts.emplace_back().pipelines.push_back(std::move(one));
    for (Change& one : changes) parts.emplace_back().changes.push_back(std::move(one));
    for (Batch& part : parts) {
      part.has_ids = has_ids;
      part.in_doubt = in_doubt;
    }
    return parts;
  }

  void commit(Connection& connection) {
    std::vector<const Pipeline*> rows;
    for (const NewPipeline& one : pipelines) rows.push_back(&one.pipeline);
    after.clear();
    if (changes.empty()) return insert_pipelines(connection, rows, in_doubt);
    connection.transaction([&] {
      for (const Change& one : changes) after.push_back(one.change(connection, in_doubt));
      if (!rows.empty()) insert_pipelines(connection, rows, in_doubt);
    });
  }
  void succeed() {
    for (NewPipeline& one : pipelines) one.done({std::move(one.pipeline), {}});
    for (const auto& one : after) one();
  }
  void fail(const std::string& failure) {
    for (const NewPipeline& one : pipelines) one.done({std::nullopt, failure});
    for (const Change& one : changes) one.fail(failure);
  }
};

Writer::Writer(Connector& connector, Pool& pool, Commit commit)
    : connector_(connector), pool_(pool), commit_(commit), thread_([this] { loop(); }) {}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::loop() {
  while (true) {
    Batch batch(queue_.take(kMostTogether));
    if (batch.size() == 0) return;
    settle(batch);
  }
}

void Writer::settle(Batch& batch) {
  try {
    number(batch);
    try {
      run(batch);
    } catch (const Lost&) {
      batch.in_doubt = true;
      run(batch);
    }
  } catch (const Late& error) {
    return batch.fail(error.what());
  } catch (const Refused& error) {
    if (batch.size() == 1 || !batch.has_ids) return batch.fail(error.what());
    for (Batch& part : batch.apart()) settle(part);
    return;
  } catch (const std::exception& error) {
    return batch.fail(error.what());
  }
  batch.succeed();
}

void Writer::run(Batch& batch) {
  if (!connection_) connection_ = connector_.connect(commit_);
  try {
    batch.commit(*connection_);
  } catch (const Lost&) {
    connection_.reset();
    throw;
  }
}

void Writer::number(Batch& batch) {
  if (batch.has_ids) return;
  Numbers counts{.pipelines = batch.pipelines.size()};
  for (const NewPipeline& one : batch.pipelines) {
    counts.jobs += one.pipeline.job_count;
    if (one.pipeline.iid == 0) ++counts.iids[one.pipeline.project_id];
  }
  Numbers next;
  if (counts.pipelines > 0) next = pool_.run([&](Connection& connection) { return take_numbers(connection, counts); });
  next.pipelines -= counts.pipelines;
  next.jobs -= counts.jobs;
  for (auto& [project, iid] : next.iids) iid -= counts.iids[project];
  for (NewPipeline& one : batch.pipelines) {
    Pipeline& pipeline = one.pipeline;
    pipeline.id = ++next.pipelines;
    pipeline.first_job_id = next.jobs + 1;
    next.jobs += pipeline.job_count;
    if (pipeline.iid == 0) pipeline.iid = ++next.iids[pipeline.project_id];
  }
  batch.has_ids = true;
}

}  // namespace willrun::server::postgres
