// What the store in an SQLite file does beside what every store does.
#include <gtest/gtest.h>

#include <stdexcept>

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

}  // namespace
}  // namespace willrun::server
