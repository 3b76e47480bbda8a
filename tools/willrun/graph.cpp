// `willrun graph`: the pipeline that a trigger would create, as a picture.
#include <CLI/CLI.hpp>
#include <array>
#include <fstream>
#include <ostream>

#include <willrun/graph.hpp>

#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/pipeline_flags.hpp"

namespace willrun::cli {

namespace {

constexpr std::array<std::string_view, 4> kGraphFormats = {"mermaid", "svg", "html", "dot"};
constexpr std::array kGraphWriters = {to_mermaid, to_svg, to_html, to_dot};

class DrawGraph : public Command {
 public:
  std::string_view name() const override { return "graph"; }
  std::string_view purpose() const override { return "draw the pipeline of a trigger: SVG, HTML, Mermaid or Graphviz"; }
  std::string_view epilogue() const override {
    return "Where no pipeline would be created, the picture says why, in GitLab's words.\n"
           "\n"
           "Exit codes: 0 a pipeline would be created, 1 it would not (skipped too), 2 wrong usage, 3 a file cannot "
           "be\n"
           "read or written.\n"
           "\n"
           "Examples:\n"
           "  willrun graph                                        as text, for Markdown of GitLab and others\n"
           "  willrun graph --format html -o pipeline.html         a page that shows details on hover and focus\n"
           "  willrun graph --source mr --target main --format svg -o pipeline.svg\n"
           "  willrun graph --format dot | dot -Tpdf -o pipeline.pdf\n";
  }

  void declare(CLI::App& app) override {
    add_choice(app, "--format", format_, kGraphFormats, "mermaid (default), svg, html (one page) or dot (Graphviz)")
        ->type_name("FORMAT");
    app.add_option("-o,--output", output_, "write to this file (default: standard output)")->type_name("FILE");
    app.add_flag("--no-left-out", no_left_out_, "only the jobs of the pipeline, not those that are left out");
    pipeline_.declare(app);
    pipeline_.declare_reading(app);
  }

  Exit run(const CommandLine& line) override {
    const auto format = kGraphWriters[choose("--format", format_, kGraphFormats)];
    const Question question = pipeline_.question(line);
    const GraphOptions options{.left_out = !no_left_out_, .paths = question.paths()};
    const bool refused = !question.refusal.empty();
    const Config config = refused ? Config(nullptr) : question.load();
    const Decision decision = refused ? question.refused() : decide(config, question.trigger);
    const SourceFiles none;
    write(line, format(graph_of(decision, question.trigger, refused ? none : config.files(), options)));
    return decision.status == Decision::Status::created ? Exit::ok : Exit::findings;
  }

 private:
  void write(const CommandLine& line, const std::string& text) const {
    if (output_.empty()) {
      line.out << text;
      return;
    }
    std::ofstream file(line.directory / output_, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) throw CannotRun(output_ + " cannot be written");
  }

  std::string format_ = "mermaid";
  std::string output_;
  bool no_left_out_ = false;
  PipelineFlags pipeline_;
};

}  // namespace

std::unique_ptr<Command> make_graph() { return std::make_unique<DrawGraph>(); }

}  // namespace willrun::cli
