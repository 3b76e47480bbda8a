#include "willrun/assignments.hpp"

#include "tools/scratch_folder.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {
namespace {

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Assignments, SplitAtTheFirstEqualsSign) {
  EXPECT_EQ(parse_assignment("--var", "A=b=c"), Assignment("A", "b=c"));
  EXPECT_EQ(parse_assignment("--var", "A="), Assignment("A", ""));
}

TEST(Assignments, SayWhatIsWrong) {
  const auto variables = [](std::vector<std::string> texts) {
    return message_of([&] { parse_variables(texts, "."); });
  };
  EXPECT_EQ(variables({"A"}), "--var: `A` has no `=`; expected NAME=VALUE");
  EXPECT_EQ(variables({"=b"}), "--var: `=b` has no name before the `=`");
  EXPECT_EQ(variables({"A-B=c"}), "--var: GitLab refuses `A-B` as a variable's name; it takes letters, digits and `_`");
  EXPECT_EQ(variables({"A=1", "B=2", "A=3"}), "--var: `A` is given twice");
  EXPECT_EQ(variables({"A=@no/such/file"}), "--var A=@no/such/file: no such file");
}

TEST(Assignments, TakeTheTextOfAFile) {
  const tools::ScratchFolder folder;
  folder.write("payload.json", "{\"a\": 1}\n");
  EXPECT_EQ(parse_variables({"TRIGGER_PAYLOAD=@payload.json"}, folder.path()),
            (std::vector<Assignment>{{"TRIGGER_PAYLOAD", "{\"a\": 1}\n"}}));
}

TEST(VariableFile, HoldsALinePerVariable) {
  const tools::ScratchFolder folder;
  folder.write("vars", "# comment\n\n  A=1\r\nexport B=two words # kept\nC=\"quoted\"\n");
  std::vector<std::string> notes;
  EXPECT_EQ(read_variable_file(folder.path() / "vars", "vars", notes),
            (std::vector<Assignment>{{"A", "1"}, {"B", "two words # kept"}, {"C", "\"quoted\""}}));
  EXPECT_EQ(notes, (std::vector<std::string>{"vars:5: the quotes are part of the value of C"}));
}

TEST(VariableFile, NamesTheLineThatIsWrong) {
  const tools::ScratchFolder folder;
  folder.write("vars", "A=1\nB\n");
  folder.write("twice", "A=1\nA=2");
  std::vector<std::string> notes;
  const auto read = [&](const std::string& name) {
    return message_of([&] { read_variable_file(folder.path() / name, name, notes); });
  };
  EXPECT_EQ(read("vars"), "vars:2: `B` has no `=`; expected NAME=VALUE");
  EXPECT_EQ(read("twice"), "twice:2: `A` is given twice");
  EXPECT_EQ(read("missing"), "--var-file missing: no such file");
}

TEST(Assignments, LaterOnesGoOverEarlierOnes) {
  std::vector<Assignment> all = {{"A", "1"}, {"B", "2"}};
  override_with(all, {{"B", "3"}, {"C", "4"}});
  EXPECT_EQ(all, (std::vector<Assignment>{{"A", "1"}, {"B", "3"}, {"C", "4"}}));
}

}  // namespace
}  // namespace willrun::cli
