#include "willrun/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <ostream>

#include <willrun/nearest.hpp>

#include "willrun/command.hpp"
#include "willrun/messages.hpp"

namespace willrun::cli {

namespace {

constexpr std::array kCommands = {make_lint,  make_dry_run,   make_explain, make_graph, make_eval,
                                  make_merge, make_variables, make_dump,    make_serve};

std::string general_help() {
  std::string text =
      "willrun: will it run? Evaluates .gitlab-ci.yml offline, as GitLab would.\n"
      "\n"
      "Usage: willrun COMMAND [OPTIONS]\n"
      "\n"
      "Commands:\n";
  for (const auto make : kCommands) {
    const std::unique_ptr<Command> command = make();
    std::string name(command->name());
    name.resize(10, ' ');
    text += "  " + name + std::string(command->purpose()) + "\n";
  }
  return text +
         "\n"
         "`willrun COMMAND --help` describes the options. Exit codes: 0 yes or clean, 1 no or findings, 2 wrong "
         "usage,\n"
         "3 could not run.\n"
         "\n"
         "Examples:\n"
         "  willrun lint\n"
         "  willrun dry-run --source trigger --ref main --input environment=production\n"
         "  willrun eval '$CI_COMMIT_BRANCH == \"main\"' --var CI_COMMIT_BRANCH=main\n";
}

std::unique_ptr<Command> find_command(std::string_view name) {
  for (const auto make : kCommands) {
    std::unique_ptr<Command> command = make();
    if (command->name() == name) return command;
  }
  return nullptr;
}

UsageError unknown_command(const std::string& name) {
  std::vector<std::unique_ptr<Command>> all;
  std::vector<std::string_view> names;
  for (const auto make : kCommands) {
    all.push_back(make());
    names.push_back(all.back()->name());
  }
  const std::string meant = suggestion(name, names);
  return UsageError((name.starts_with('-') ? "there is no option `" : "there is no command `") + name + "`" +
                    (meant.empty() ? "" : "; " + meant));
}

// Arguments that no option took. CLI11's own message knows no near names.
void refuse_extras(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining();
  if (extras.empty()) return;
  const auto option = std::find_if(extras.begin(), extras.end(), [](const auto& one) { return one.starts_with('-'); });
  if (option == extras.end()) throw UsageError("unexpected argument `" + extras.front() + "`");
  const std::string name = option->substr(0, option->find('='));
  std::vector<std::string> known;
  for (const CLI::Option* one : app.get_options()) {
    for (const std::string& word : one->get_lnames()) known.push_back("--" + word);
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  const std::string meant = suggestion(name, names);
  throw UsageError("there is no option `" + name + "`" + (meant.empty() ? "" : "; " + meant));
}

Exit run_command(Command& command, const CommandLine& line) {
  const std::string name = "willrun " + std::string(command.name());
  CLI::App app(name + ": " + std::string(command.purpose()) + "\n", name);
  app.set_help_flag("-h,--help", "print this help");
  app.allow_extras();
  app.footer(std::string(command.epilogue()));
  app.get_formatter()->column_width(36);
  command.declare(app);
  try {
    app.parse(std::vector<std::string>(line.arguments.rbegin(), line.arguments.rend() - 1));
  } catch (const CLI::CallForHelp&) {
    line.out << app.help();
    return Exit::ok;
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  refuse_extras(app);
  return command.run(line);
}

Exit dispatch(const CommandLine& line) {
  if (line.arguments.empty()) {
    line.err << general_help();
    return Exit::usage;
  }
  const std::string& first = line.arguments.front();
  if (first == "--help" || first == "-h" || first == "help") {
    line.out << general_help();
    return Exit::ok;
  }
  if (first == "--version") {
    line.out << "willrun " WILLRUN_VERSION " (behaviour of GitLab 18.11)\n";
    return Exit::ok;
  }
  const std::unique_ptr<Command> command = find_command(first);
  if (command == nullptr) throw unknown_command(first);
  try {
    return run_command(*command, line);
  } catch (const UsageError& error) {
    throw UsageError(std::string(command->name()) + ": " + error.what() + "\nTry `willrun " +
                     std::string(command->name()) + " --help`.");
  }
}

}  // namespace

Exit run(const CommandLine& line) {
  Exit code = Exit::failed;
  try {
    code = dispatch(line);
  } catch (const UsageError& error) {
    complain(line, error.what());
    return Exit::usage;
  } catch (const std::exception& error) {
    complain(line, error.what());
    return Exit::failed;
  }
  line.out.flush();
  if (line.out) return code;
  complain(line, "the output could not be written");
  return Exit::failed;
}

}  // namespace willrun::cli
