// What the store in an SQLite file does beside what every store does.
#include <gtest/gtest.h>

#include <stdexcept>

#include "server/rows.hpp"
#include "server/sqlite/connection.hpp"
#include "server/store.hpp"
#include "tools/scratch_folder.hpp"

namespace willrun::server {
namespace {

TEST(SqliteStore, SaysWhyItCannotBeOpened) {
  const tools::ScratchFolder folder;
  EXPECT_THROW(open_store({.place = (folder.path() / "none" / "store.db").string()}), std::runtime_error);
  folder.write("text.db", "this is no database, and long enough to be seen as none of them");
  EXPECT_THROW(open_store({.place = (folder.path() / "text.db").string()}), std::runtime_error);
}

// How SQLite would look for pipelines, a line for each table or index.
std::string plan(sqlite::Connection& connection, const PipelineQuery& query) {
  sqlite::Statement asked =
      connection.statement("EXPLAIN QUERY PLAN SELECT iid " + pipelines_matching(query, "?", "''") + " ORDER BY iid");
  std::string text;
  while (asked.step()) {
    for (int i = 0; i < 3; ++i) asked.skip();
    text.append(asked.text()).append(1, '\n');
  }
  return text;
}

TEST(SqliteStore, LooksForPipelinesByAnIndex) {
  const tools::ScratchFolder folder;
  const std::string place = (folder.path() / "store.db").string();
  const auto store = open_store({.place = place});
  sqlite::Connection connection(place, false);
  const auto uses = [&](const PipelineQuery& query, std::string_view index) {
    const std::string found = plan(connection, query);
    EXPECT_EQ(found.find("SCAN pipelines"), std::string::npos) << found;
    EXPECT_NE(found.find(index), std::string::npos) << found;
  };
  uses({}, "pipelines_of_project (project_id=?)");
  uses({.ref = "main"}, "pipelines_of_ref (project_id=? AND ref=?)");
  uses({.sha = "aa"}, "pipelines_of_commit (project_id=? AND sha=?)");
  uses({.newest_of_tags = false}, "pipelines_of_ref (project_id=? AND ref>?)");
  uses({.newest_of_tags = true}, "pipelines_of_tag (project_id=? AND ref>?)");
}

}  // namespace
}  // namespace willrun::server
