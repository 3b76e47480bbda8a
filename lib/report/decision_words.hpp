// What a decision says, in words: written once for texts, pictures and pages. All of it is safe to print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <willrun/report.hpp>

namespace willrun::report {

// "1 job", "2 jobs".
std::string plural(std::size_t number, std::string_view noun);

// "created", "skipped", "failed": for programs.
std::string_view status_name(Decision::Status status);
// "created", "skipped", "not created": for people.
std::string_view status_word(Decision::Status status);
// What follows that word: ", 5 jobs in 4 stages", " (config_error)", or nothing.
std::string status_rest(const Decision& decision);

// "manual", "delayed by 5 minutes".
std::string when_words(When when, std::string_view start_in);

// Spans in words, with the files that they point into.
class DecisionWords {
 public:
  DecisionWords(const SourceFiles& files, const ShownPaths& paths) : files_(files), paths_(paths) {}

  // `rule 2 (file:line:column), if: condition`; the number counts from 1, as people do.
  std::string rule(const DecidingRule& decided) const;
  // Which rule let the job in.
  std::string why(const JobDecision& job) const;
  std::string why(const LeftOutJob& job) const;

 private:
  const SourceFiles& files_;
  const ShownPaths& paths_;
};

}  // namespace willrun::report
