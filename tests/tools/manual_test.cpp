#include "willrun/manual.hpp"

#include "common/read_file.hpp"
#include "tools/run_command.hpp"

namespace willrun::cli {
namespace {

TEST(Manual, HoldsWhatACommandSaysOfItself) {
  CommandDescription command;
  command.name = "try";
  command.purpose = "try `it`";
  command.epilogue =
      "It tries.\n.dots do no harm.\n\nExit codes: 0 tried,\n1 not.\n\nExamples:\n  willrun try 'a b'\n    --hard\n";
  command.options = {
      {.names = {"-h", "--help"}, .text = "print this help"},
      {.names = {"--how"}, .value = "HOW", .takes = Takes::word, .words = {"hard", "soft"}, .text = "hard, ..."}};
  command.arguments = {{.names = {"FILE"}, .takes = Takes::file, .repeated = true, .text = "files"}};
  EXPECT_EQ(manual_page(command, "1.2"),
            ".TH WILLRUN\\-TRY 1 \"\" \"willrun 1.2\" \"willrun\"\n"
            ".SH NAME\nwillrun\\-try \\- try \\(gait\\(ga\n"
            ".SH SYNOPSIS\n\\fBwillrun try\\fR [\\fIOPTIONS\\fR] [\\fIFILE\\fR ...]\n"
            ".SH DESCRIPTION\nIt tries.\n\\&.dots do no harm.\n"
            ".SH OPTIONS\n"
            ".TP\n\\fIFILE\\fR\nfiles\n"
            ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nprint this help\n"
            ".TP\n\\fB\\-\\-how\\fR \\fIHOW\\fR\nhard, ... It is one of hard, soft\n"
            ".SH \"EXIT STATUS\"\n0 tried,\n1 not.\n"
            ".SH EXAMPLES\n.nf\nwillrun try \\(aqa b\\(aq\n  \\-\\-hard\n.fi\n"
            ".SH \"SEE ALSO\"\n\\fBwillrun\\fR(1)\n");
}

// What mandoc finds wrong with a page; that it has no date is meant, or every build would make another page.
std::string complaints(const std::string& page) {
  const tools::ScratchFolder folder;
  folder.write("page.1", page);
  const std::filesystem::path said = folder.path() / "said";
  const std::string command = "mandoc -T lint -W warning '" + (folder.path() / "page.1").string() +
                              "' | grep -v 'missing date' > '" + said.string() + "'";
  EXPECT_NE(std::system(command.c_str()), -1);
  return tools::read_file(said).text;
}

TEST(Manual, IsSoundRoff) {
  const std::vector<CommandDescription> commands = describe_commands();
  EXPECT_EQ(complaints(manual_overview(commands, "1.2")), "");
  for (const CommandDescription& command : commands) {
    const std::string page = manual_page(command, "1.2");
    EXPECT_EQ(complaints(page), "") << command.name;
    EXPECT_NE(page.find(".SH \"EXIT STATUS\""), std::string::npos) << command.name;
    EXPECT_NE(page.find(".SH EXAMPLES"), std::string::npos) << command.name;
  }
}

}  // namespace
}  // namespace willrun::cli
