#include "willrun/assignments.hpp"

#include <algorithm>
#include <unordered_set>

#include "common/read_file.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

void check_name(std::string_view where, const std::string& name) {
  if (std::all_of(name.begin(), name.end(), is_word)) return;
  throw UsageError(std::string(where) + ": GitLab refuses `" + name +
                   "` as a variable's name; it takes letters, digits and `_`");
}

// Refuses a name that was seen before.
class DistinctNames {
 public:
  void add(std::string_view where, const std::string& name) {
    if (!seen_.insert(name).second) throw UsageError(std::string(where) + ": `" + name + "` is given twice");
  }

 private:
  std::unordered_set<std::string> seen_;
};

std::string read_or_throw(const std::filesystem::path& file, std::string_view shown) {
  tools::FileText read = tools::read_file(file);
  if (!read.failure.empty()) throw CannotRun(std::string(shown) + ": " + read.failure);
  return std::move(read.text);
}

bool is_quoted(std::string_view value) {
  return value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
}

std::string_view trim_left(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

}  // namespace

Assignment parse_assignment(std::string_view option, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    throw UsageError(std::string(option) + ": `" + std::string(text) + "` has no `=`; expected NAME=VALUE");
  }
  if (equals == 0) throw UsageError(std::string(option) + ": `" + std::string(text) + "` has no name before the `=`");
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::vector<Assignment> parse_variables(const std::vector<std::string>& texts, const std::filesystem::path& directory) {
  std::vector<Assignment> all;
  DistinctNames names;
  for (const std::string& text : texts) {
    Assignment one = parse_assignment("--var", text);
    check_name("--var", one.first);
    names.add("--var", one.first);
    if (one.second.starts_with('@')) {
      const std::string file = one.second.substr(1);
      one.second = read_or_throw(directory / file, "--var " + one.first + "=@" + file);
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Assignment> read_variable_file(const std::filesystem::path& file, std::string_view shown,
                                           std::vector<std::string>& notes) {
  const std::string text = read_or_throw(file, std::string("--var-file ").append(shown));
  std::vector<Assignment> all;
  DistinctNames names;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = trim_left(std::string_view(text).substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("export ")) line = trim_left(line.substr(7));
    if (line.empty() || line.starts_with('#')) continue;
    const std::string where = std::string(shown) + ":" + std::to_string(number);
    Assignment one = parse_assignment(where, line);
    check_name(where, one.first);
    names.add(where, one.first);
    if (is_quoted(one.second)) notes.push_back(where + ": the quotes are part of the value of " + one.first);
    all.push_back(std::move(one));
  }
  return all;
}

void override_with(std::vector<Assignment>& all, std::vector<Assignment> more) {
  for (Assignment& one : more) {
    const auto known = std::find_if(all.begin(), all.end(), [&](const Assignment& a) { return a.first == one.first; });
    if (known == all.end()) {
      all.push_back(std::move(one));
    } else {
      known->second = std::move(one.second);
    }
  }
}

}  // namespace willrun::cli
