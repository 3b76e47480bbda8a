#include "willrun/shell_check.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>
#include <willrun/lint.hpp>

namespace willrun::cli {

namespace {

namespace fs = std::filesystem;

// A folder of its own that goes when this does.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "willrun-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> piece;
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe)) out.append(piece.data(), size);
  pclose(pipe);
  return out;
}

// Which item of a script each line of its file belongs to.
std::vector<const ScriptLine*> write_script(const Script& script, const fs::path& path) {
  std::ofstream out(path, std::ios::binary);
  std::vector<const ScriptLine*> owners;
  for (const ScriptLine& line : script.lines) {
    out << line.text << '\n';
    owners.insert(owners.end(), static_cast<std::size_t>(std::ranges::count(line.text, '\n')) + 1, &line);
  }
  return owners;
}

}  // namespace

ShellFindings check_scripts(const Config& config) {
  ShellFindings result;
  std::vector<Script> all = scripts(config);
  std::erase_if(all, [](const Script& script) { return script.of_windows; });  // ShellCheck knows shells of Unix only
  if (all.empty()) return result;
  const Folder folder;
  if (folder.path().empty()) return {{}, "no folder for temporary files"};
  std::vector<std::vector<const ScriptLine*>> owners;
  for (std::size_t i = 0; i < all.size(); ++i)
    owners.push_back(write_script(all[i], folder.path() / (std::to_string(i) + ".sh")));
  // The names are numbers of our own: nothing of a user stands in the command.
  const std::string command = "cd '" + folder.path().string() + "' && shellcheck -s bash -S error -f json *.sh 2>&1";
  const auto json = nlohmann::json::parse(output_of(command), nullptr, false);
  if (!json.is_array()) return {{}, "shellcheck is not installed, or it failed"};
  std::set<std::pair<FileId, std::uint32_t>> told;
  for (const auto& found : json) {
    const std::size_t script = std::stoul(found.value("file", "0"));
    const std::size_t line = found.value("line", std::size_t{1});
    if (script >= owners.size() || owners[script].empty()) continue;
    const ScriptLine& owner = *owners[script][std::min(std::max<std::size_t>(line, 1), owners[script].size()) - 1];
    if (!told.emplace(owner.span.file, owner.span.begin).second) continue;
    result.findings.push_back(shell_finding(
        owner, "SC" + std::to_string(found.value("code", 0)) + ": " + found.value("message", std::string())));
  }
  return result;
}

}  // namespace willrun::cli
