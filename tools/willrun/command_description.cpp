#include "willrun/command_description.hpp"

#include <CLI/CLI.hpp>

#include "willrun/command.hpp"
#include "willrun/flags.hpp"

namespace willrun::cli {

namespace {

Takes takes_of(const std::string& value, bool has_words) {
  if (has_words) return Takes::word;
  if (value == "FILE" || value == "PATH") return Takes::file;
  if (value == "DIR") return Takes::folder;
  return value == "JOB" ? Takes::job : Takes::text;
}

OptionDescription describe(CLI::Option& option) {
  OptionDescription made;
  made.text = option.get_description();
  made.words = words_of(option);
  made.repeated = option.get_expected_max() > 1;
  if (option.get_positional()) {
    made.names = {option.get_name(true)};
    made.takes = takes_of(made.names.front(), !made.words.empty());
    return made;
  }
  for (const std::string& name : option.get_snames()) made.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) made.names.push_back("--" + name);
  if (option.get_items_expected_max() == 0) return made;
  made.value = option.get_type_name();
  made.takes = takes_of(made.value, !made.words.empty());
  return made;
}

}  // namespace

std::vector<CommandDescription> describe_commands() {
  std::vector<CommandDescription> all;
  for (const std::unique_ptr<Command>& command : all_commands()) {
    CommandDescription& made = all.emplace_back();
    made.name = command->name();
    made.purpose = command->purpose();
    made.epilogue = command->epilogue();
    CLI::App app;
    declare_all(*command, app);
    for (CLI::Option* option : app.get_options())
      (option->get_positional() ? made.arguments : made.options).push_back(describe(*option));
  }
  return all;
}

}  // namespace willrun::cli
