#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

TEST(Merge, PrintsOneFile) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "include: ci/a.yml\njob:\n  extends: .base\n  script: [make, 'echo: x']\n");
  folder.write("ci/a.yml", ".base:\n  tags: [t]\n");
  const std::string text =
      "---\n\".base\":\n  tags:\n  - t\njob:\n  tags:\n  - t\n  extends: \".base\"\n  script:\n  - make\n  - 'echo: "
      "x'\n";
  const Ran ran = run_in(folder.path(), {"merge"});
  EXPECT_EQ(ran.code, Exit::ok) << ran.err;
  EXPECT_EQ(ran.out, text);
}

TEST(Merge, SaysWhereKeysCameFrom) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "include: ci/a.yml\njob:\n  extends: .base\n  script: |\n    a\n    b\n");
  folder.write("ci/a.yml", ".base:\n  tags: [t]\n");
  EXPECT_EQ(run_in(folder.path(), {"merge", "--origins"}).out,
            "---\n\".base\": # ci/a.yml:1\n  tags: # ci/a.yml:2\n  - t\njob: # .gitlab-ci.yml:2\n"
            "  tags: # ci/a.yml:2\n  - t\n  extends: \".base\" # .gitlab-ci.yml:3\n"
            "  script: | # .gitlab-ci.yml:4\n    a\n    b\n");
}

TEST(Merge, SaysWhyNot) {
  const tools::ScratchFolder folder;
  folder.write(".gitlab-ci.yml", "include: nowhere.yml\n");
  const Ran ran = run_in(folder.path(), {"merge"});
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_NE(ran.err.find("Local file `nowhere.yml` does not exist!"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace willrun::cli
