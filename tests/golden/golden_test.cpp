// Whole outputs of whole commands. Each file NAME.golden begins with the command, which runs in fixtures/, and goes on
// with its exit code and what it prints. To add one, write the first line and run scripts/golden.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "willrun/command_line.hpp"

namespace willrun {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrompt = "$ willrun ";

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

// Words as a shell splits them: blanks between, single quotes around.
std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> all;
  bool quoted = false;
  bool open = false;
  for (const char c : line) {
    if (c == '\'') quoted = !quoted;
    if (c == ' ' && !quoted) {
      open = false;
      continue;
    }
    if (!open) all.emplace_back();
    open = true;
    if (c != '\'') all.back() += c;
  }
  return all;
}

std::string run(const std::string& command) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const cli::CommandLine line{.arguments = words(command), .in = in, .out = out, .err = err, .directory = FIXTURES_DIR};
  const auto code = static_cast<int>(cli::run(line));
  std::string text = std::string(kPrompt) + command + "\nexit code " + std::to_string(code) + "\n";
  if (!err.str().empty()) text += "--- standard error\n" + err.str();
  if (!out.str().empty()) text += "--- standard output\n" + out.str();
  return text;
}

std::vector<fs::path> golden_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(GOLDEN_DIR)) {
    if (entry.path().extension() == ".golden") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, PrintsWhatItPrinted) {
  const std::string expected = read(GetParam());
  ASSERT_TRUE(expected.starts_with(kPrompt)) << GetParam() << " begins with no command";
  const std::string command = expected.substr(kPrompt.size(), expected.find('\n') - kPrompt.size());
  const std::string printed = run(command);
  if (std::getenv("WILLRUN_REFRESH_GOLDEN") != nullptr) {
    std::ofstream(GetParam(), std::ios::binary) << printed;
    return;
  }
  EXPECT_EQ(printed, expected) << "after a look at the difference, scripts/golden writes it down";
}

INSTANTIATE_TEST_SUITE_P(Files, Golden, testing::ValuesIn(golden_files()), [](const auto& file) {
  std::string name = file.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
});

}  // namespace
}  // namespace willrun
