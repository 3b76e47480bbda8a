#include "vars/reference_sort.hpp"

#include <regex>
#include <set>

namespace willrun::vars {

namespace {

using Graph = std::vector<std::vector<std::size_t>>;

const std::regex& reference_pattern() {
  static const std::regex pattern(R"(\$\$|%%|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}|%([A-Za-z_]\w*)%)");
  return pattern;
}

std::string name_of(const std::smatch& match) { return match[1].str() + match[2].str() + match[3].str(); }

Graph graph_of(std::span<const Variable> variables) {
  Graph graph(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].raw || !variables[i].value) continue;
    const std::string& value = *variables[i].value;
    for (std::sregex_iterator it(value.begin(), value.end(), reference_pattern()), end; it != end; ++it) {
      const std::string name = name_of(*it);  // empty for `$$` and `%%`
      for (std::size_t j = 0; j < variables.size(); ++j) {
        if (!name.empty() && variables[j].key == name) graph[i].push_back(j);
      }
    }
  }
  return graph;
}

std::set<std::size_t> reachable(const Graph& graph, std::size_t from) {
  std::set<std::size_t> seen;
  std::vector<std::size_t> open{from};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t next : graph[at]) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  return seen;
}

// Depth first: the order in which variables are met, and the order in which they are done.
void visit(const Graph& graph, std::size_t at, std::vector<std::size_t>& met, std::vector<std::size_t>& done) {
  met.push_back(at);
  for (const std::size_t next : graph[at]) {
    if (std::find(met.begin(), met.end(), next) == met.end()) visit(graph, next, met, done);
  }
  done.push_back(at);
}

std::string cycles_of(const Graph& graph, std::span<const Variable> variables, const std::vector<std::size_t>& met,
                      const std::vector<std::size_t>& done) {
  std::vector<std::set<std::size_t>> reach;
  for (std::size_t i = 0; i < variables.size(); ++i) reach.push_back(reachable(graph, i));
  std::string out;
  for (const std::size_t root : done) {  // a group is complete when the member that was met first is done
    std::string group;
    std::size_t size = 0;
    bool is_root = true;
    for (const std::size_t member : met) {
      if (member != root && !(reach[root].contains(member) && reach[member].contains(root))) continue;
      if (size == 0) is_root = member == root;
      group += (size++ == 0 ? "\"" : ", \"") + variables[member].key + "\"";
    }
    if (is_root && size > 1) out += (out.empty() ? "[" : ", [") + group + "]";
  }
  return out;
}

std::string expanded(const std::string& value, const std::vector<Variable>& before, const SortOptions& options) {
  std::string out;
  std::size_t copied = 0;
  for (std::sregex_iterator it(value.begin(), value.end(), reference_pattern()), end; it != end; ++it) {
    const std::string name = name_of(*it);
    const auto found = std::find_if(before.rbegin(), before.rend(), [&](const Variable& v) { return v.key == name; });
    const bool undefined = found == before.rend();
    std::string text = undefined ? "" : found->value.value_or("");
    const bool stays =
        name.empty() || (undefined && options.keep_undefined) ||
        (!undefined && ((found->file && !options.expand_file_refs) || (found->raw && !options.expand_raw_refs)));
    if (stays) text = it->str();
    out += value.substr(copied, static_cast<std::size_t>(it->position()) - copied) + text;
    copied = static_cast<std::size_t>(it->position() + it->length());
  }
  return out + value.substr(copied);
}

}  // namespace

SortedVariables reference_sort_and_expand_all(std::span<const Variable> variables, const SortOptions& options) {
  const Graph graph = graph_of(variables);
  std::vector<std::size_t> met;
  std::vector<std::size_t> done;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (std::find(met.begin(), met.end(), i) == met.end()) visit(graph, i, met, done);
  }
  const std::string cycles = cycles_of(graph, variables, met, done);
  if (!cycles.empty()) {
    return {{variables.begin(), variables.end()}, "circular variable reference detected: " + cycles};
  }
  std::vector<Variable> out;
  for (const std::size_t i : done) {
    Variable variable = variables[i];
    if (variable.value && !variable.raw) variable.value = expanded(*variable.value, out, options);
    out.push_back(std::move(variable));
  }
  return {std::move(out), {}};
}

}  // namespace willrun::vars
