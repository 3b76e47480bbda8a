// `willrun serve`: GitLab's trigger API over HTTP.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "server/demo.hpp"
#include "server/server.hpp"
#include "willrun/command.hpp"

namespace willrun::cli {

namespace {

namespace fs = std::filesystem;

// A folder for what a demonstration keeps, until it ends.
class StateFolder {
 public:
  StateFolder() {
    std::string name = (fs::temp_directory_path() / "willrun-demo-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw CannotRun("no temporary folder can be made");
    path_ = name;
  }
  ~StateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class Serve : public Command {
 public:
  std::string_view name() const override { return "serve"; }
  std::string_view purpose() const override { return "answer GitLab's trigger API over HTTP"; }
  std::string_view epilogue() const override {
    return "The configuration, the endpoints and how they differ from GitLab's are in docs/server.md. SIGTERM and "
           "SIGINT "
           "stop\n"
           "it, after what was begun is answered; SIGHUP has it read the configuration anew.\n"
           "\n"
           "Exit codes: 0 stopped, 2 wrong usage, 3 it cannot start.\n"
           "\n"
           "Examples:\n"
           "  willrun serve --demo .                a project made from this folder, a token, and what to type\n"
           "  willrun serve --config /etc/willrun/server.yml\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("--config", config_, "projects, users and limits (docs/server.md)")->type_name("FILE");
    app.add_option("--demo", demo_, "serve one project made from a folder; nothing is kept")->type_name("DIR");
    app.add_option("--listen", listen_, "address and port, over what the configuration says")
        ->type_name("ADDRESS:PORT");
    app.add_option("--store", store_, "SQLite file or postgresql://..., over what the configuration says")
        ->type_name("PLACE");
    app.add_flag("--no-log", no_log_, "print no log");
  }

  Exit run(const CommandLine& line) override {
    if (config_.empty() == demo_.empty()) throw UsageError("one of --config and --demo says what to serve");
    try {
      return demo_.empty() ? serve_configured(line) : serve_demo(line);
    } catch (const std::runtime_error& error) {
      throw CannotRun(error.what());
    }
  }

 private:
  Exit serve_configured(const CommandLine& line) const {
    server::ConfigurationOutcome given = read(line);
    if (!given.failure.empty()) throw CannotRun(given.failure);
    server::ServeOptions options;
    options.log = log(line);
    options.reread = [&] { return read(line); };
    server::serve(std::move(given.configuration), options);
    return Exit::ok;
  }

  server::ConfigurationOutcome read(const CommandLine& line) const {
    server::ConfigurationOutcome given = server::read_configuration(line.directory / config_);
    if (given.failure.empty()) adjust(line, given.configuration);
    return given;
  }

  Exit serve_demo(const CommandLine& line) const {
    const StateFolder state;
    server::Demo demo = server::make_demo(line.directory / demo_, state.path());
    server::Configuration configuration = demo.configuration;
    adjust(line, configuration);
    server::ServeOptions options;
    options.log = log(line);
    options.started = [&](const server::Running& running) {
      line.out << server::introduce(demo, running) << std::flush;
    };
    server::serve(std::move(configuration), options);
    return Exit::ok;
  }

  void adjust(const CommandLine& line, server::Configuration& configuration) const {
    if (!listen_.empty()) {
      const std::string wrong = server::set_listen(configuration.listener, listen_);
      if (!wrong.empty()) throw UsageError("--listen: " + wrong);
    }
    if (!store_.empty())
      configuration.store = store_.find("://") == std::string::npos ? (line.directory / store_).string() : store_;
  }

  std::ostream* log(const CommandLine& line) const { return no_log_ ? nullptr : &line.err; }

  std::string config_;
  std::string demo_;
  std::string listen_;
  std::string store_;
  bool no_log_ = false;
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace willrun::cli
