// Instances of jobs, and what needs them.
#include <gtest/gtest.h>

#include <willrun/processed.hpp>

#include "support/load.hpp"

namespace willrun {
namespace {

// "name(variables)<needs>" for each job.
std::string jobs(const std::string& text) {
  const auto processed = process(testing_support::load_text(text));
  if (!processed) return testing_support::lint(text);
  std::string printed;
  for (const Value& job : processed->jobs) {
    printed += printed.empty() ? "" : "; ";
    printed += job.find("name")->text();
    for (const Value& variable : job.find("job_variables")->items())
      printed += " " + variable.find("key")->text() + "=" + variable.find("value")->text();
    if (const Value* needs = job.find("needs_attributes")) {
      for (const Value& need : needs->items()) printed += " <" + need.find("name")->text() + ">";
    }
  }
  return printed;
}

TEST(Parallel, MakesInstances) {
  EXPECT_EQ(jobs("a: {script: x, parallel: 2}\n"), "a 1/2; a 2/2");
  EXPECT_EQ(jobs("a: {script: x, variables: {B: own, C: c}, parallel: {matrix: [{A: [1, 2], B: p}]}}\n"),
            "a: [1, p] B=p C=c A=1; a: [2, p] B=p C=c A=2");
  EXPECT_EQ(jobs("a: {script: x, parallel: {matrix: [{A: [b, b]}, {A: [c]}]}}\n"), "a: [b] A=b; a: [c] A=c");
  EXPECT_EQ(jobs("a: {script: x, parallel: {matrix: []}}\nb: {script: x}\n"), "b");
}

TEST(Parallel, IsNeededAsAWholeOrByInstance) {
  const std::string a = "a: {stage: build, script: x, parallel: {matrix: [{P: [q, r], S: [t]}]}}\n";
  const std::string made = "a: [q, t] P=q S=t; a: [r, t] P=r S=t; ";
  EXPECT_EQ(jobs(a + "b: {script: x, needs: [a]}\n"), made + "b <a: [q, t]> <a: [r, t]>");
  EXPECT_EQ(jobs(a + "b: {script: x, needs: ['a: [r, t]']}\n"), made + "b <a: [r, t]>");
  EXPECT_EQ(jobs(a + "b: {script: x, needs: [{job: a, parallel: {matrix: [{P: r, S: t}]}}]}\n"),
            made + "b <a: [r, t]>");
  EXPECT_EQ(jobs(a + "b: {script: x, needs: ['a: [z, t]']}\n"), "E b job: undefined need: a: [z, t]\n");
}

TEST(Parallel, FillsInTheMatrixOfTheJobThatNeeds) {
  const std::string text =
      "a: {stage: build, script: x, parallel: {matrix: [{P: [q, r]}]}}\n"
      "b: {script: x, needs: ['a: [$[[ matrix.P ]]]'], parallel: {matrix: [{P: [q, r]}]}}\n";
  EXPECT_EQ(jobs(text), "a: [q] P=q; a: [r] P=r; b: [q] P=q <a: [q]>; b: [r] P=r <a: [r]>");
  EXPECT_EQ(jobs("b: {script: x, needs: ['$[[ matrix.Z ]]'], parallel: {matrix: [{P: q}]}}\n"),
            "E b job: 'Z' does not exist in matrix configuration\n");
}

}  // namespace
}  // namespace willrun
