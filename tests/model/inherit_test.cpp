// `default`, the file's own keywords, and what jobs take of both.
#include <gtest/gtest.h>

#include <willrun/processed.hpp>

#include "support/load.hpp"

namespace willrun {
namespace {

std::string image(const std::string& text) {
  const auto processed = process(testing_support::load_text(text));
  if (!processed) return testing_support::lint(text);
  const Value* found = processed->jobs.front().find("options")->find("image");
  return found == nullptr ? "none" : found->find("name")->text();
}

TEST(Inherit, TakesWhatTheJobHasNot) {
  EXPECT_EQ(image("default: {image: d}\nj: {script: x}\n"), "d");
  EXPECT_EQ(image("image: f\nj: {script: x}\n"), "f");
  EXPECT_EQ(image("default: {image: d}\nj: {script: x, image: own}\n"), "own");
  EXPECT_EQ(image("default: {image: d}\nj: {script: x, image: ~}\n"), "d");
}

TEST(Inherit, ObeysTheJob) {
  EXPECT_EQ(image("default: {image: d}\nj: {script: x, inherit: {default: false}}\n"), "none");
  EXPECT_EQ(image("default: {image: d}\nj: {script: x, inherit: {default: [tags]}}\n"), "none");
  EXPECT_EQ(image("image: f\nj: {script: x, inherit: {default: [image]}}\n"), "f");
}

TEST(Inherit, JudgesAgainWithEachJob) {
  const std::string error = "E default:tags config should be an array of strings\n";
  EXPECT_EQ(testing_support::lint("default: {tags: a}\nj: {script: x}\nk: {script: x}\nl: {script: x, tags: [b]}\n"),
            error + error + error);
  const std::string of_file = "E image name can't be blank\n";
  EXPECT_EQ(testing_support::lint("image: ''\nj: {script: x}\n"), of_file + of_file + of_file);
}

TEST(Inherit, RefusesTheSameInBothPlaces) {
  EXPECT_EQ(testing_support::lint("cache: {key: a}\ndefault: {cache: {key: b}}\nj: {script: x}\n"),
            "E cache is defined in top-level and `default:` entry\n");
}

}  // namespace
}  // namespace willrun
