#include "willrun/manual.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

namespace willrun::cli {

namespace {

// Text of a line as roff prints it: marks that a reader may copy stay ASCII, and no line is a request.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;
      case '\'': out += "\\(aq"; break;
      case '`': out += "\\(ga"; break;
      case '^': out += "\\(ha"; break;
      case '~': out += "\\(ti"; break;
      default: out += c;
    }
  }
  return out.starts_with('.') ? "\\&" + out : out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string slanted(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string title(std::string_view name, std::string_view version) {
  std::string upper(name);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return fmt::format(".TH {} 1 \"\" \"willrun {}\" \"willrun\"\n", roff(upper), roff(version));
}

std::string section(std::string_view name) { return fmt::format(".SH {}\n", name); }

std::string entry(const std::string& tag, const std::string& text) { return ".TP\n" + tag + "\n" + text + "\n"; }

// An epilogue's paragraphs, which its help separates by empty lines.
std::vector<std::string_view> paragraphs_of(std::string_view text) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    all.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
  }
  return all;
}

// Lines that are filled anew, or with `verbatim` printed as they stand.
std::string lines_of(std::string_view text, bool verbatim) {
  std::string out = verbatim ? ".nf\n" : "";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view one = text.substr(0, end);
    out += roff(verbatim && one.starts_with("  ") ? one.substr(2) : one) + "\n";
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out + (verbatim ? ".fi\n" : "");
}

// The paragraphs of an epilogue that begin with a word of a section; the rest is of none.
struct Epilogue {
  std::string description;
  std::string exit_status;
  std::string examples;
};

Epilogue read(std::string_view epilogue) {
  constexpr std::string_view kCodes = "Exit codes: ";
  Epilogue read;
  const auto add = [](std::string& to, const std::string& text) { to.append(to.empty() ? "" : ".PP\n").append(text); };
  for (const std::string_view one : paragraphs_of(epilogue)) {
    if (one.starts_with(kCodes)) {
      add(read.exit_status, lines_of(one.substr(kCodes.size()), false));
    } else if (one.starts_with("Example")) {
      add(read.examples, lines_of(one.substr(std::min(one.find('\n'), one.size() - 1) + 1), true));
    } else {
      add(read.description, lines_of(one, false));
    }
  }
  return read;
}

std::string tag_of(const OptionDescription& option) {
  std::string out;
  for (const std::string& name : option.names) out.append(out.empty() ? "" : ", ").append(bold(name));
  return option.value.empty() ? out : out + " " + slanted(option.value);
}

// The words of an option where its text does not say them all.
std::string text_of(const OptionDescription& option) {
  std::string words;
  bool all_said = true;
  for (const std::string& word : option.words) {
    words.append(words.empty() ? "" : ", ").append(word);
    all_said = all_said && (option.text + option.value).find(word) != std::string::npos;
  }
  if (all_said) return roff(option.text);
  return roff(option.text + (option.text.ends_with('.') ? " It" : ". It") + " is one of " + words);
}

std::string synopsis(const CommandDescription& command) {
  std::string out = bold("willrun " + command.name) + " [" + slanted("OPTIONS") + "]";
  for (const OptionDescription& argument : command.arguments)
    out += " [" + slanted(argument.names.front()) + (argument.repeated ? " ..." : "") + "]";
  return out + "\n";
}

struct Known {
  std::string_view name;
  std::string_view meaning;
};
constexpr std::array<Known, 2> kFiles = {{
    {".gitlab-ci.yml", "the configuration, in the repository's root"},
    {".willrun.yml", "where other projects, components and templates are, levels of checks, and what may be fetched"},
}};
constexpr std::array<Known, 2> kEnvironment = {{
    {"NO_COLOR", "set: no colours, unless --colour asks for them"},
    {"XDG_CACHE_HOME", "remote files are kept in its folder willrun; without it in ~/.cache/willrun"},
}};

std::string known_section(std::string_view name, std::span<const Known> all) {
  std::string out = section(name);
  for (const Known& one : all) out += entry(bold(one.name), roff(one.meaning));
  return out;
}

}  // namespace

std::string manual_page(const CommandDescription& command, std::string_view version) {
  const std::string name = "willrun-" + command.name;
  const Epilogue epilogue = read(command.epilogue);
  std::string out = title(name, version) + section("NAME") + roff(name) + " \\- " + roff(command.purpose) + "\n" +
                    section("SYNOPSIS") + synopsis(command);
  if (!epilogue.description.empty()) out += section("DESCRIPTION") + epilogue.description;
  out += section("OPTIONS");
  for (const OptionDescription& argument : command.arguments)
    out += entry(slanted(argument.names.front()), text_of(argument));
  for (const OptionDescription& option : command.options) out += entry(tag_of(option), text_of(option));
  if (!epilogue.exit_status.empty()) out += section("\"EXIT STATUS\"") + epilogue.exit_status;
  if (!epilogue.examples.empty()) out += section("EXAMPLES") + epilogue.examples;
  return out + section("\"SEE ALSO\"") + bold("willrun") + "(1)\n";
}

std::string manual_overview(std::span<const CommandDescription> commands, std::string_view version) {
  std::string out = title("willrun", version) + section("NAME") +
                    "willrun \\- evaluate .gitlab\\-ci.yml offline, as GitLab would\n" + section("SYNOPSIS") +
                    bold("willrun") + " " + slanted("COMMAND") + " [" + slanted("OPTIONS") + "]\n" +
                    section("DESCRIPTION") +
                    "willrun reads a .gitlab\\-ci.yml and a trigger, and answers what GitLab would answer: would this "
                    "trigger\ncreate a pipeline, with which jobs, and why.\n" +
                    section("COMMANDS");
  for (const CommandDescription& command : commands)
    out += entry(bold("willrun-" + command.name) + "(1)", roff(command.purpose));
  out += section("OPTIONS") + entry(bold("-h") + ", " + bold("--help"), "print the list of commands") +
         entry(bold("--version"), "print the version") + section("\"EXIT STATUS\"") + entry("0", "yes, or clean") +
         entry("1", "no, or findings") + entry("2", "wrong usage") + entry("3", "could not run");
  return out + known_section("FILES", kFiles) + known_section("ENVIRONMENT", kEnvironment);
}

}  // namespace willrun::cli
