// `willrun eval`: one `rules:if` expression, its value, its truth and its tree.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include <willrun/expression.hpp>
#include <willrun/report.hpp>

#include "common/value_json.hpp"
#include "willrun/assignments.hpp"
#include "willrun/command.hpp"
#include "willrun/flags.hpp"
#include "willrun/trigger_flags.hpp"

namespace willrun::cli {

namespace {

class Eval : public Command {
 public:
  std::string_view name() const override { return "eval"; }
  std::string_view purpose() const override { return "evaluate one rules:if expression"; }
  std::string_view epilogue() const override {
    return "Exit codes: 0 evaluated (true or not), 1 GitLab refuses the expression or fails on it, 2 wrong usage,\n"
           "3 a file cannot be read. An undefined variable is null.\n"
           "\n"
           "Examples:\n"
           "  willrun eval '$CI_COMMIT_BRANCH == \"main\"' --var CI_COMMIT_BRANCH=main\n"
           "  willrun eval '$TITLE =~ /^Draft:/i || $[[ inputs.force ]]' --input force=true\n";
  }

  void declare(CLI::App& app) override {
    app.add_option("EXPRESSION", text_, "the expression, in single quotes for the shell")->type_name("");
    app.add_option("--var", variables_, "a variable's value; @FILE takes a file's text; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    inputs_.declare(app);
    print_.declare(app);
    expression_given_ = app.get_option("EXPRESSION");
  }

  Exit run(const CommandLine& line) override {
    if (expression_given_->count() == 0) throw UsageError("an expression is missing");
    Expression::Variables variables;
    for (auto& [key, value] : parse_variables(variables_, line.directory)) variables.emplace(key, value);
    Value::Mapping pairs;
    for (auto& [key, value] : inputs_.values(line.directory)) pairs.emplace_back(key, std::move(value));
    const Value inputs(std::move(pairs));
    const Expression expression(text_);
    const ExpressionResult result = expression.evaluate(variables, inputs.pairs().empty() ? nullptr : &inputs);
    if (print_.json) {
      print_json(line, expression, result);
    } else {
      print_text(line, expression, result);
    }
    return result.error ? Exit::findings : Exit::ok;
  }

 private:
  void print_text(const CommandLine& line, const Expression& expression, const ExpressionResult& result) const {
    SourceFiles files;
    files.add("<expression>", text_);
    TextStyle style = print_.style(line);
    style.gitlab_texts = false;  // of expressions GitLab shows only that they are wrong
    if (result.error) {
      line.out << render(*result.error, files, style);
      return;
    }
    line.out << "value:    " << tools::json_text(result.value) << '\n'
             << "truthful: " << (result.truthful ? "yes" : "no") << '\n'
             << "tree:     " << expression.tree() << '\n';
    const std::optional<Diagnostic> oddity = expression.oddity();
    if (oddity && !print_.quiet) line.out << '\n' << render(*oddity, files, style);
  }

  void print_json(const CommandLine& line, const Expression& expression, const ExpressionResult& result) const {
    nlohmann::ordered_json json;
    json["expression"] = text_;
    json["valid"] = expression.error() == nullptr;
    json["value"] = result.error ? nlohmann::ordered_json(nullptr) : tools::to_json_value(result.value);
    json["truthful"] = result.error ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(result.truthful);
    json["tree"] = expression.tree();
    json["error"] = nullptr;
    if (result.error) {
      json["error"] = {{"code", result.error->code},
                       {"name", result.error->name},
                       {"message", result.error->message},
                       {"begin", result.error->span.begin},
                       {"end", result.error->span.end}};
    }
    line.out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  }

  std::string text_;
  std::vector<std::string> variables_;
  InputFlags inputs_;
  PrintFlags print_;
  const CLI::Option* expression_given_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_eval() { return std::make_unique<Eval>(); }

}  // namespace willrun::cli
