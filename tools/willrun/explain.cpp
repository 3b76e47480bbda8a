// `willrun explain`: why a job is in the pipeline, or why it is not.
#include <CLI/CLI.hpp>
#include <ostream>

#include <willrun/explain.hpp>
#include <willrun/nearest.hpp>

#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/messages.hpp"
#include "willrun/pipeline_flags.hpp"

namespace willrun::cli {

namespace {

class Explain : public Command {
 public:
  std::string_view name() const override { return "explain"; }
  std::string_view purpose() const override { return "say why a job is in the pipeline, or why it is not"; }
  std::string_view epilogue() const override {
    return "Without JOB the rules of includes and of the workflow are explained.\n"
           "\n"
           "Exit codes: 0 the job would run (without JOB: there would be a pipeline), 1 it would not, 2 wrong usage, "
           "or\n"
           "there is no such job, 3 a file cannot be read.\n"
           "\n"
           "Examples:\n"
           "  willrun explain deploy\n"
           "  willrun explain deploy --source mr --target main\n"
           "  willrun explain --source schedule --json\n";
  }

  void declare(CLI::App& app) override {
    job_option_ =
        app.add_option("JOB", job_, "the job's name; of a parallel one perhaps an instance: `test 1/3`")->type_name("");
    pipeline_.declare(app);
    pipeline_.declare_reading(app);
    print_.declare(app);
  }

  Exit run(const CommandLine& line) override {
    if (job_option_->count() > 0 && job_.empty()) throw UsageError("JOB is empty");
    TextStyle style = print_.style(line);
    style.gitlab_texts = false;
    const Question question = pipeline_.question(line);
    style.paths = question.paths();
    if (!question.refusal.empty()) {
      complain(line, question.refusal);
      return Exit::findings;
    }
    const auto [config, includes] =
        load_explained(question.place.path, *question.opened.files, question.trigger, question.options);
    const auto program = compile(config);
    if (!program) {
      line.out << render(decide(config, question.trigger), config.files(), style);
      print_findings(line.out, config.diagnostics(), config.files(), style, print_.quiet);
      return Exit::findings;
    }
    const Explanation explained = explain(*program, question.trigger, job_);
    if (!job_.empty() && !explained.job) throw UsageError(no_such_job(*program, includes));
    line.out << (print_.json ? to_json(explained, includes, job_, config.files(), style.paths)
                             : render(explained, includes, job_, config.files(), style));
    return runs(explained) ? Exit::ok : Exit::findings;
  }

 private:
  bool runs(const Explanation& explained) const {
    const Decision& decision = explained.decision;
    if (decision.status != Decision::Status::created) return false;
    return job_.empty() || std::ranges::count(decision.jobs, *explained.job, &JobDecision::job) > 0 ||
           std::ranges::count(explained.instances, true, &ExplainedInstance::in_pipeline) > 0;
  }

  // A job may also be missing because its file was not included.
  std::string no_such_job(const Program& program, const std::vector<ExplainedInclude>& includes) const {
    if (job_.starts_with('.')) return "`" + job_ + "` is hidden: other jobs extend it, and it never runs itself";
    const std::string meant = suggestion(job_, job_names(program));
    std::string text = "there is no job `" + job_ + "`" + (meant.empty() ? std::string() : "; " + meant);
    for (const ExplainedInclude& include : includes) {
      if (!include.included) text += "\nnot included by its rules: " + include.location;
    }
    return text;
  }

  std::string job_;
  CLI::Option* job_option_ = nullptr;
  PipelineFlags pipeline_;
  PrintFlags print_;
};

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace willrun::cli
