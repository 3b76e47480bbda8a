#include "willrun/flags.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include <willrun/nearest.hpp>

namespace willrun::cli {

namespace {

constexpr std::array<std::string_view, 2> kEditions = {"ee", "ce"};
constexpr std::array<std::string_view, 2> kReaders = {"yaml-cpp", "libyaml"};
constexpr std::array<std::string_view, 3> kColours = {"auto", "always", "never"};

constexpr std::string_view kBetween = "|";

}  // namespace

// CLI11 prints a validator's description in the help and its name nowhere: the words travel there.
CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& word,
                        std::span<const std::string_view> words, const std::string& text) {
  std::string all;
  for (const std::string_view one : words) all.append(all.empty() ? "" : kBetween).append(one);
  return app.add_option(names, word, text)
      ->check(CLI::Validator([](std::string&) { return std::string(); }, {}, std::move(all)));
}

std::vector<std::string> words_of(CLI::Option& option) {
  std::vector<std::string> words;
  try {
    words = CLI::detail::split(option.get_validator(0)->get_name(), kBetween.front());
  } catch (const CLI::OptionNotFound&) {  // no validator: a text of any kind
  }
  return words;
}

std::string listed(std::span<const std::string_view> words, std::string_view last_joint) {
  std::string out;
  for (const std::string_view& word : words)
    out.append(out.empty() ? "" : &word == &words.back() ? last_joint : ", ").append(word);
  return out;
}

std::size_t choose(std::string_view option, std::string_view word, std::span<const std::string_view> words) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string meant = suggestion(word, words);
  throw UsageError(std::string(option) + " does not know `" + std::string(word) + "`" +
                   (meant.empty() ? ": it takes one of " + listed(words, ", ") : "; " + meant));
}

void LoadFlags::declare(CLI::App& app) {
  add_choice(app, "--edition", edition, kEditions,
             "GitLab's edition: ee (gitlab.com, default) or ce, which refuses some keywords")
      ->type_name("ee|ce");
  add_choice(app, "--yaml-reader", yaml_reader, kReaders,
             "library that scans YAML, same answers: yaml-cpp (default) or libyaml")
      ->type_name("yaml-cpp|libyaml");
}

LoadOptions LoadFlags::options(LoadMode mode) const {
  LoadOptions made;
  made.mode = mode;
  made.edition = choose("--edition", edition, kEditions) == 0 ? Edition::ee : Edition::ce;
  made.yaml_reader = choose("--yaml-reader", yaml_reader, kReaders) == 0 ? YamlReader::yaml_cpp : YamlReader::libyaml;
  return made;
}

void PrintFlags::declare(CLI::App& app) {
  app.add_flag("--json", json, "print JSON (docs/json.md) instead of text");
  declare_text(app);
}

void PrintFlags::declare_text(CLI::App& app) {
  add_choice(app, "--colour,--color", colour, kColours,
             "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN");
  app.add_flag("-q,--quiet", quiet, "errors and warnings only: no notes, no summary");
  app.add_flag("-v,--verbose", verbose, "say on standard error what is read and how");
}

TextStyle PrintFlags::style(const CommandLine& line) const {
  TextStyle made;
  const std::size_t when = choose("--colour", colour, kColours);
  made.colour = when == 1 || (when == 0 && line.terminal && !line.no_colour);
  made.width = line.terminal ? line.width : 0;
  return made;
}

}  // namespace willrun::cli
