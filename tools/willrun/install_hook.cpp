// `willrun install-hook`: a git hook that checks what is pushed.
#include <CLI/CLI.hpp>
#include <ostream>

#include "common/git.hpp"
#include "common/paths.hpp"
#include "common/repository.hpp"
#include "willrun/command.hpp"
#include "willrun/hook_file.hpp"
#include "willrun/messages.hpp"

namespace willrun::cli {

namespace {

namespace fs = std::filesystem;

class InstallHook : public Command {
 public:
  std::string_view name() const override { return "install-hook"; }
  std::string_view purpose() const override { return "let git check the configuration before every push"; }
  std::string_view epilogue() const override {
    return "The hook runs `willrun pre-push` for the commits that are pushed: errors stop the push, warnings are "
           "printed.\n"
           "A hook that is there already is kept, and runs first. `git push --no-verify` goes past all hooks.\n"
           "\n"
           "Exit codes: 0 installed, taken away, or nothing to do; 2 wrong usage; 3 it cannot be done, and nothing "
           "was\n"
           "changed.\n"
           "\n"
           "Examples:\n"
           "  willrun install-hook\n"
           "  willrun install-hook --strict         warnings stop a push too\n"
           "  willrun install-hook --uninstall      everything as it was before\n";
  }

  void declare(CLI::App& app) override {
    app.add_flag("--strict", strict_, "warnings stop a push too");
    app.add_flag("--uninstall", uninstall_, "take the hook away, and put back what was there before");
  }

  Exit run(const CommandLine& line) override {
    if (strict_ && uninstall_) throw UsageError("--strict and --uninstall do not go together");
    const fs::path root = tools::in_repository_around(line.directory, {}).root;
    const tools::GitLayout layout = layout_of(root);
    HookFile hook(layout.hooks);
    const std::string done = uninstall_ ? hook.uninstall() : hook.install(strict_);
    line.out << "pre-push hook " << done << '\n';
    if (layout.hooks_configured && !uninstall_ && !tools::is_below(layout.hooks, root))
      note(line, "core.hooksPath leads out of this repository: the hook serves every repository that uses this folder");
    return Exit::ok;
  }

 private:
  static tools::GitLayout layout_of(const fs::path& root) {
    const auto repository = tools::GitRepository::open(root);
    if (!repository) throw CannotRun("there is no git repository around " + root.string());
    tools::GitLayout layout = repository->layout();
    if (layout.bare) throw CannotRun(root.string() + " is a bare repository: nothing is pushed from it");
    return layout;
  }

  bool strict_ = false;
  bool uninstall_ = false;
};

}  // namespace

std::unique_ptr<Command> make_install_hook() { return std::make_unique<InstallHook>(); }

}  // namespace willrun::cli
