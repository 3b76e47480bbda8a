#include <willrun/report.hpp>

namespace willrun {
namespace {

TEST(Summary, CountsFindingsAndFiles) {
  SourceFiles files;
  Diagnostic error;
  Diagnostic note;
  note.severity = Severity::note;
  Diagnostic warning;
  warning.severity = Severity::warning;
  const std::vector<Diagnostic> three = {error, error, warning};
  const std::vector<Diagnostic> notes = {note};
  LintedFile clean;
  clean.valid = true;
  clean.files = &files;
  clean.diagnostics = notes;
  LintedFile bad;
  bad.files = &files;
  bad.diagnostics = three;
  LintedFile missing;
  missing.failure = "no such file";

  using Files = std::vector<LintedFile>;
  EXPECT_EQ(summary(Files{clean}), "no findings in 1 file: GitLab accepts it\n");
  EXPECT_EQ(summary(Files{bad}), "2 errors, 1 warning in 1 file: GitLab refuses it\n");
  EXPECT_EQ(summary(Files{clean, clean}), "no findings in 2 files: GitLab accepts them all\n");
  EXPECT_EQ(summary(Files{clean, bad, missing}),
            "2 errors, 1 warning in 2 files: GitLab refuses 1 of them; 1 file could not be read\n");
  LintedFile partial;
  partial.whole = false;
  partial.files = &files;
  EXPECT_EQ(summary(Files{partial}), "no findings in 1 file: not checked whole, GitLab's verdict is unknown\n");
  EXPECT_EQ(summary(Files{clean, partial}),
            "no findings in 2 files: 1 not checked whole, GitLab's verdict there is unknown\n");
  EXPECT_EQ(summary(Files{bad, partial}),
            "2 errors, 1 warning in 2 files: GitLab refuses 1 of them; 1 not checked whole, GitLab's verdict there is "
            "unknown\n");
  EXPECT_EQ(summary(Files{missing}), "1 file could not be read\n");
}

}  // namespace
}  // namespace willrun
