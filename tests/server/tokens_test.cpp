// Tokens: how they look, how they are kept and found.
#include "server/tokens.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "tools/scratch_folder.hpp"

namespace willrun::server {
namespace {

TEST(Tokens, AreGitLabsForm) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const std::string token = new_trigger_token();
    EXPECT_EQ(token.size(), 26U);
    EXPECT_TRUE(token.starts_with("glptt-"));
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    seen.insert(token);
  }
  EXPECT_EQ(seen.size(), 1'000U);
  EXPECT_EQ(short_token("glptt-1234567890abcdefghij"), "1234");
  EXPECT_EQ(short_token("0011223344"), "0011");
  EXPECT_EQ(short_token("ab"), "ab");
}

TEST(Tokens, AreSealedAndFoundByTheirKey) {
  const TokenKey key = TokenKey::random();
  const std::string sealed = key.seal("glptt-secret");
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_EQ(key.open(sealed), "glptt-secret");
  EXPECT_NE(key.seal("glptt-secret"), sealed);
  EXPECT_EQ(key.lookup("glptt-secret"), key.lookup("glptt-secret"));
  EXPECT_NE(key.lookup("glptt-secret"), key.lookup("glptt-secrez"));
  const TokenKey other = TokenKey::random();
  EXPECT_EQ(other.open(sealed), std::nullopt);
  EXPECT_NE(other.lookup("glptt-secret"), key.lookup("glptt-secret"));
  std::string changed = sealed;
  changed.back() ^= 1;
  EXPECT_EQ(key.open(changed), std::nullopt);
  EXPECT_EQ(key.open("short"), std::nullopt);
}

TEST(Tokens, KeepTheirKeyInAFileOfTheOwner) {
  const tools::ScratchFolder folder;
  const auto file = folder.path() / "key";
  const std::string sealed = TokenKey::from_file(file).seal("x");
  struct stat facts {};
  ASSERT_EQ(::stat(file.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  EXPECT_EQ(TokenKey::from_file(file).open(sealed), "x");
  folder.write("short", "abcd\n");
  EXPECT_THROW(TokenKey::from_file(folder.path() / "short"), std::runtime_error);
  EXPECT_THROW(TokenKey::from_file(folder.path() / "no" / "key"), std::runtime_error);
}

TEST(Tokens, CompareWhole) {
  EXPECT_TRUE(equal_secrets("abc", "abc"));
  EXPECT_FALSE(equal_secrets("abc", "abd"));
  EXPECT_FALSE(equal_secrets("abc", "ab"));
  EXPECT_TRUE(equal_secrets("", ""));
}

}  // namespace
}  // namespace willrun::server
