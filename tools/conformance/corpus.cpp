#include "conformance/corpus.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace willrun::conformance {

std::string Corpus::read(const std::filesystem::path& path) const {
  std::ifstream in(folder_ / path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error(path.string() + ": cannot be read");
  return text.str();
}

void Corpus::complete(Json& body) {
  const std::filesystem::path folder = body.at("folder").get<std::string>();
  const std::filesystem::path overlay = body.value("overlay", "");
  std::set<std::string> overlaid;
  for (const Json& path : body.value("overlay_files", Json::array())) overlaid.insert(path.get<std::string>());
  Json files = Json::object();
  for (const Json& entry : body.at("files")) {
    const auto path = entry.get<std::string>();
    if (!overlaid.contains(path)) files[path] = read(folder / path);
  }
  for (const std::string& path : overlaid) files[path] = read(overlay / path);
  body["files"] = std::move(files);
  if (body.contains("templates")) {
    for (auto& [name, file] : body["templates"].items()) file = read(file.get<std::string>());
  }
  if (body.contains("worktree") && body.at("worktree").is_string()) {
    std::istringstream lines(read(body.at("worktree").get<std::string>()));
    Json paths = Json::array();
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty()) paths.push_back(line);
    }
    body["context"]["worktree"] = std::move(paths);
  }
  body["category"] = body.at("mode").get<std::string>() + " " + body.value("variant", "");
  Json& expect = body["expect"];
  if (expect.contains("same_as")) expect = expected_.at(expect.at("same_as").get<std::string>());
  if (expect.contains("shared_rules")) {
    const Json shared = expect.at("shared_rules");
    expect.erase("shared_rules");
    for (Json& job : expect["jobs"]) {
      if (job.contains("rules") && job.at("rules").is_object())
        job["rules"] = shared.at(job.at("rules").at("$shared").get<std::size_t>());
    }
  }
  if (expect.contains("common_variables")) {
    const Json common = expect.at("common_variables");
    expect.erase("common_variables");
    for (Json& job : expect["jobs"]) {
      for (const auto& [name, value] : common.items()) job["variables"][name] = value;
    }
  }
  expected_[body.at("id").get<std::string>()] = expect;
}

}  // namespace willrun::conformance
