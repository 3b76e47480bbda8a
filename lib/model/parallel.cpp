#include "model/parallel.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace willrun::model {

namespace {

struct Instance {
  std::string_view name;
  std::uint32_t number = 0;         // from 1
  std::vector<Variable> variables;  // of the matrix
};

// Calls `visit` with the variables of each combination, the last name varying fastest.
template <class Visit>
void each_combination(const Product& product, const Visit& visit) {
  for (const ProductVariable& variable : product) {
    if (variable.values.empty()) return;
  }
  std::vector<std::size_t> chosen(product.size(), 0);
  while (true) {
    std::vector<Variable> variables;
    for (std::size_t i = 0; i < product.size(); ++i) {
      variables.push_back({product[i].name.value, product[i].values[chosen[i]], false, product[i].name.span});
    }
    visit(std::move(variables));
    std::size_t i = product.size();
    while (i > 0 && ++chosen[i - 1] == product[i - 1].values.size()) chosen[--i] = 0;
    if (i == 0) return;
  }
}

std::string_view combination_name(yaml::Tree& tree, std::string_view job, const std::vector<Variable>& variables) {
  std::string name = fmt::format("{}: [", job);
  for (const Variable& variable : variables) {
    name.append(&variable == &variables.front() ? "" : ", ").append(variable.value);
  }
  return tree.keep(name + "]");
}

std::vector<Instance> instances_of(yaml::Tree& tree, const Job& job) {
  std::vector<Instance> all;
  const Parallel& parallel = *job.parallel;
  for (std::uint32_t i = 1; i <= parallel.number; ++i) {
    all.push_back({tree.keep(fmt::format("{} {}/{}", job.name.value, i, parallel.number)), i, {}});
  }
  for (const Product& product : parallel.matrix) {
    each_combination(product, [&](std::vector<Variable> variables) {
      const std::string_view name = combination_name(tree, job.name.value, variables);
      all.push_back({name, static_cast<std::uint32_t>(all.size() + 1), std::move(variables)});
    });
  }
  return all;
}

class Expander {
 public:
  Expander(yaml::Tree& tree, const std::vector<Job>& jobs, Findings& findings)
      : tree_(tree), jobs_(jobs), findings_(findings) {}

  // Nothing when a need was refused.
  std::optional<std::vector<Job>> run() {
    for (const Job& job : jobs_) {
      if (job.parallel) instances_.emplace(job.name.value, instances_of(tree_, job));
    }
    for (const Job& job : jobs_) {
      if (!job.parallel) {
        if (!add(job, job, nullptr)) return std::nullopt;
        continue;
      }
      for (const Instance& instance : instances_.at(job.name.value)) {
        if (!add(job, make_instance(job, instance), &instance)) return std::nullopt;
      }
    }
    return std::move(out_);
  }

 private:
  Job make_instance(const Job& job, const Instance& instance) const {
    Job made = job;
    made.name.value = instance.name;
    made.instance = instance.number;
    made.base = job.name.value;
    for (const Variable& variable : instance.variables) {
      const auto same = std::find_if(made.variables.begin(), made.variables.end(),
                                     [&](const Variable& own) { return own.name == variable.name; });
      if (same == made.variables.end()) {
        made.variables.push_back(variable);
      } else {
        *same = variable;
      }
    }
    return made;
  }

  bool add(const Job& written, Job job, const Instance* instance) {
    if (!expand_needs(written, job, instance)) return false;
    expand_dependencies(job);
    const auto [place, is_new] = places_.emplace(job.name.value, out_.size());
    if (is_new) {
      out_.push_back(std::move(job));
    } else {
      out_[place->second] = std::move(job);
    }
    return true;
  }

  void expand_dependencies(Job& job) const {
    if (!job.dependencies) return;
    std::vector<Text> all;
    for (const Text& name : *job.dependencies) {
      const auto several = instances_.find(name.value);
      if (several == instances_.end()) {
        all.push_back(name);
      } else {
        for (const Instance& instance : several->second) all.push_back({instance.name, name.span});
      }
    }
    job.dependencies = std::move(all);
  }

  bool expand_needs(const Job& written, Job& job, const Instance* instance) {
    std::vector<Need> all;
    for (Need need : job.needs) {
      if (instance != nullptr && written.parallel->number == 0 && !fill_in(written, need, *instance)) return false;
      expand_need(need, all);
    }
    job.needs = std::move(all);
    return true;
  }

  void expand_need(const Need& need, std::vector<Need>& all) const {
    const auto add_named = [&](std::string_view name) {
      all.push_back({{name, need.job.span}, need.artifacts, need.optional, {}});
    };
    if (!need.matrix.empty()) {
      for (const Product& product : need.matrix) {
        each_combination(product, [&](const std::vector<Variable>& variables) {
          add_named(combination_name(tree_, need.job.value, variables));
        });
      }
    } else if (const auto several = instances_.find(need.job.value); several != instances_.end()) {
      for (const Instance& instance : several->second) add_named(instance.name);
    } else {
      add_named(need.job.value);
    }
  }

  bool fill_in(const Job& written, Need& need, const Instance& instance) {
    if (!fill_in(written, need.job.value, need.job.span, instance)) return false;
    for (Product& product : need.matrix) {
      for (ProductVariable& variable : product) {
        for (std::string_view& value : variable.values) {
          if (!fill_in(written, value, variable.name.span, instance)) return false;
        }
      }
    }
    return true;
  }

  // Replaces each `$[[ matrix.NAME ]]` of the text.
  bool fill_in(const Job& written, std::string_view& text, Span place, const Instance& instance) {
    constexpr std::string_view kStart = "$[[";
    constexpr std::string_view kEnd = "]]";
    constexpr std::string_view kAccess = "matrix.";
    std::string filled;
    std::string_view rest = text;
    while (true) {
      const std::size_t start = rest.find(kStart);
      const std::size_t end = start == std::string_view::npos ? start : rest.find(kEnd, start);
      if (end == std::string_view::npos) break;
      std::string_view inner = rest.substr(start + kStart.size(), end - start - kStart.size());
      while (inner.starts_with(' ')) inner.remove_prefix(1);
      while (inner.ends_with(' ')) inner.remove_suffix(1);
      filled.append(rest.substr(0, start));
      if (!inner.starts_with(kAccess)) {
        filled.append(rest.substr(start, end + kEnd.size() - start));
      } else if (const Variable* variable = find(instance, inner.substr(kAccess.size()))) {
        filled.append(variable->value);
      } else {
        findings_.plain(diag::Code::job_invalid,
                        fmt::format("{} job: '{}' does not exist in matrix configuration", written.name.value,
                                    inner.substr(kAccess.size())),
                        place);
        return false;
      }
      rest.remove_prefix(end + kEnd.size());
    }
    if (rest.size() != text.size()) text = tree_.keep(filled.append(rest));
    return true;
  }

  static const Variable* find(const Instance& instance, std::string_view name) {
    for (const Variable& variable : instance.variables) {
      if (variable.name == name) return &variable;
    }
    return nullptr;
  }

  yaml::Tree& tree_;
  const std::vector<Job>& jobs_;
  Findings& findings_;
  std::unordered_map<std::string_view, std::vector<Instance>> instances_;  // by the job's own name
  std::unordered_map<std::string_view, std::size_t> places_;
  std::vector<Job> out_;
};

}  // namespace

bool expand_parallel(yaml::Tree& tree, std::vector<Job>& jobs, Findings& findings) {
  if (std::none_of(jobs.begin(), jobs.end(), [](const Job& job) { return job.parallel.has_value(); })) return true;
  auto expanded = Expander(tree, jobs, findings).run();
  if (!expanded) return false;
  jobs = std::move(*expanded);
  return true;
}

}  // namespace willrun::model
