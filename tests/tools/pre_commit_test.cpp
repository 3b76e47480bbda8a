// .pre-commit-hooks.yaml: the keys that pre-commit reads, and its entry as pre-commit runs it.
#include <algorithm>
#include <regex>
#include <sstream>

#include <willrun/value.hpp>

#include "common/value_reader.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

Value hook() {
  bool missing = false;
  const Value hooks = tools::read_value_file(WILLRUN_SOURCE_DIR "/.pre-commit-hooks.yaml", missing);
  EXPECT_EQ(hooks.items().size(), 1u);
  return hooks.items().front();
}

TEST(PreCommit, HasTheKeysThatItReads) {
  std::vector<std::string> keys;
  const Value one = hook();
  for (const auto& [key, value] : one.pairs()) keys.push_back(key.text());
  EXPECT_EQ(keys,
            (std::vector<std::string>{"id", "name", "description", "entry", "language", "files", "pass_filenames"}));
  EXPECT_EQ(one.find("id")->text(), "willrun-lint");
  EXPECT_EQ(one.find("language")->text(), "system");
  EXPECT_FALSE(one.find("pass_filenames")->boolean());
}

TEST(PreCommit, LooksAtTheRootFileAndAtWhatItIncludes) {
  const std::regex files(hook().find("files")->text());
  for (const char* name : {".gitlab-ci.yml", "ci/build.yml", "templates/a.yaml"})
    EXPECT_TRUE(std::regex_search(name, files)) << name;
  for (const char* name : {"main.cpp", "yml", "a.yml.orig"}) EXPECT_FALSE(std::regex_search(name, files)) << name;
}

TEST(PreCommit, RunsItsEntry) {
  std::istringstream entry(hook().find("entry")->text());
  std::vector<std::string> words;
  for (std::string word; entry >> word;) words.push_back(word);
  ASSERT_EQ(words.front(), "willrun");
  words.erase(words.begin());
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "include: ci/build.yml\n");
  folder.write("ci/build.yml", "build: {script: make}\n");
  EXPECT_EQ(run_in(folder.path(), words).code, Exit::ok);
  folder.write("ci/build.yml", "build: {}\n");
  EXPECT_EQ(run_in(folder.path(), words).code, Exit::findings);
}

}  // namespace
}  // namespace willrun::cli
