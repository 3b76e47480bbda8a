// Completion scripts under the shells themselves, and the description that they are written from.
#include <algorithm>

#include "common/read_file.hpp"
#include "tools/run_command.hpp"
#include "willrun/command_description.hpp"

namespace willrun::cli {
namespace {

namespace fs = std::filesystem;

class Completion : public testing::Test {
 protected:
  std::string script(const std::string& shell) const {
    const Ran ran = run_in(folder_.path(), {"completion", shell});
    EXPECT_EQ(ran.code, Exit::ok) << ran.err;
    folder_.write(shell, ran.out);
    return (folder_.path() / shell).string();
  }

  // What a command of the shell prints, standing in the folder.
  std::string printed(const std::string& command) const {
    folder_.write("commands", "cd '" + folder_.path().string() + "' || exit\nPATH='" WILLRUN_BIN "':$PATH\n" + command);
    const fs::path out = folder_.path() / "printed";
    const std::string line = "bash '" + (folder_.path() / "commands").string() + "' > '" + out.string() + "' 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0) << tools::read_file(out).text;
    return tools::read_file(out).text;
  }

  // What bash would offer for the last of these words.
  std::string bash(const std::string& words) const {
    const std::string source = "source '" + script("bash") + "'\n";
    return printed(source + "COMP_WORDS=(" + words + ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_willrun || true\n" +
                   "if ((${#COMPREPLY[@]})); then printf '%s ' \"${COMPREPLY[@]}\"; fi\n");
  }

  std::string fish(const std::string& line) const {
    const std::string source = "source " + script("fish");
    return printed("HOME=$PWD fish --no-config -c '" + source + "; complete -C\"" + line +
                   "\"' | cut -f 1 | tr '\\n' ' '\n");
  }

  tools::ScratchFolder folder_;
};

struct Offer {
  std::string words;
  std::string offered;
};

TEST_F(Completion, OfBash) {
  folder_.write("files/a.yml", "");
  folder_.write("files/b/c", "");
  folder_.write(".gitlab-ci.yml",
                "build:linux: {script: x}\n'build all': {script: x}\ntest: {script: x, parallel: 2}\n");
  const std::vector<Offer> offers = {
      {"willrun d", "dry-run dump "},
      {"willrun --v", "--version "},
      {"willrun lint --fo", "--format "},
      {"willrun lint --format s", "short sarif "},
      {"willrun lint --format = s", "short sarif "},
      {"willrun lint --format =", ""},
      {"willrun lint --colour a", "auto always "},
      {"willrun dry-run --source sch", "schedule "},
      {"willrun dry-run --edition ''", "ee ce "},
      {"willrun dump --stage m", "model "},
      {"willrun lint --yaml-reader l", "libyaml "},
      {"willrun lint files/a", "files/a.yml "},
      {"willrun dry-run --repo files/", "files/b "},
      {"willrun dry-run --ref f", ""},
      {"willrun completion ''", "bash zsh fish jobs "},
      {"willrun explain t", "test\\ 1/2 test\\ 2/2 "},
      {"willrun explain build : l", "linux "},
      {"willrun explain build :", "linux "},
      {"willrun explain 'build\\ '", "build\\ all "},
      {"willrun nothing -", ""},
  };
  for (const Offer& offer : offers) {
    if (offer.words.ends_with('=')) {
      EXPECT_TRUE(bash(offer.words).starts_with("text short json ")) << offer.words;
    } else {
      EXPECT_EQ(bash(offer.words), offer.offered) << offer.words;
    }
  }
}

TEST_F(Completion, OfFish) {
  folder_.write(".gitlab-ci.yml", "build all: {script: x}\ntest: {script: x}\n");
  const std::vector<Offer> offers = {
      {"willrun comp", "completion "},
      {"willrun lint --for", "--format "},
      {"willrun lint --format s", "sarif short "},
      {"willrun lint --format=sh", "--format=short "},
      {"willrun explain b", "build all "},
      {"willrun completion f", "fish "},
  };
  for (const Offer& offer : offers) EXPECT_EQ(fish(offer.words), offer.offered) << offer.words;
}

TEST_F(Completion, IsSoundInEveryShell) {
  EXPECT_EQ(printed("bash -n " + script("bash") + "\nshellcheck -s bash " + script("bash") + "\n"), "");
  EXPECT_EQ(printed("zsh -n " + script("zsh") + "\n"), "");
  EXPECT_EQ(printed("fish --no-execute " + script("fish") + "\n"), "");
}

TEST_F(Completion, OfJobsSaysNothingOfAWrongFile) {
  folder_.write(".gitlab-ci.yml", "build: {}\n");
  const Ran ran = run_in(folder_.path(), {"completion", "jobs"});
  EXPECT_EQ(ran.code, Exit::findings);
  EXPECT_EQ(ran.out + ran.err, "");
  EXPECT_EQ(run_in(folder_.path(), {"completion"}).err,
            "error: completion: a shell is missing: it takes one of bash, zsh, fish, jobs\n"
            "Try `willrun completion --help`.\n");
}

TEST(CommandDescriptions, HoldWhatHelpSays) {
  for (const CommandDescription& command : describe_commands()) {
    const std::string help = run_in(".", {command.name, "--help"}).out;
    for (const OptionDescription& option : command.options) {
      for (const std::string& name : option.names) EXPECT_NE(help.find(name), std::string::npos) << name;
      EXPECT_NE(help.find(option.text), std::string::npos) << command.name << ": " << option.text;
      EXPECT_EQ(option.value.empty(), option.takes == Takes::nothing) << option.text;
      // A text may say the first ones and leave the rest to completion and manual.
      if (option.text.ends_with("...")) continue;
      for (const std::string& word : option.words)
        EXPECT_NE((option.text + option.value).find(word), std::string::npos) << command.name << ": " << word;
    }
  }
}

TEST(CommandDescriptions, KnowTheKindsOfValues) {
  const std::vector<CommandDescription> all = describe_commands();
  const auto command = [&](std::string_view name) { return *std::ranges::find(all, name, &CommandDescription::name); };
  const auto option = [&](std::string_view of, const std::string& name) {
    const CommandDescription made = command(of);
    return *std::ranges::find_if(made.options,
                                 [&](const auto& one) { return std::ranges::count(one.names, name) > 0; });
  };
  EXPECT_EQ(option("lint", "--format").takes, Takes::word);
  EXPECT_EQ(option("lint", "-q").names, (std::vector<std::string>{"-q", "--quiet"}));
  EXPECT_EQ(option("dry-run", "--repo").takes, Takes::folder);
  EXPECT_EQ(option("dry-run", "--context").takes, Takes::file);
  EXPECT_EQ(option("dry-run", "--var").takes, Takes::text);
  EXPECT_TRUE(option("dry-run", "--var").repeated);
  EXPECT_FALSE(option("dry-run", "--ref").repeated);
  EXPECT_EQ(command("explain").arguments.front().takes, Takes::job);
  EXPECT_TRUE(command("lint").arguments.front().repeated);
}

}  // namespace
}  // namespace willrun::cli
