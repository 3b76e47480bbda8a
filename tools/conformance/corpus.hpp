// Lines about real configurations: their files stand in folders, and what is expected is shortened.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "conformance/value_json.hpp"

namespace willrun::conformance {

// Completes the lines of one file, in its order.
class Corpus {
 public:
  // `folder`: where the file of cases stands, and the folders of configurations beside it.
  explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Whether a line is of this kind.
  static bool is_line(const Json& body) { return body.contains("folder"); }

  // Reads the files that the line names, and puts in what `same_as` and `$shared` stand for, so that the line is a case
  // like any other. Throws std::runtime_error when a file cannot be read, Json::exception when the line is no case.
  void complete(Json& body);

 private:
  std::string read(const std::filesystem::path& path) const;

  std::filesystem::path folder_;
  std::map<std::string, Json> expected_;  // whole ones, by id
};

}  // namespace willrun::conformance
