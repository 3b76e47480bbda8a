#include "machine/evaluate.hpp"

#include <map>

#include "machine/evaluate_text.hpp"

namespace willrun {
namespace {

using machine::Operand;

// A tree with the inputs that the tables use.
struct Inputs {
  Inputs() {
    const Value values = Value::Mapping{
        {"s", "a"},
        {"t", true},
        {"n", 2},
        {"f", 2.0},
        {"half", 1.5},
        {"list", Value::Sequence{"a", 1, Value()}},
        {"same", Value::Sequence{"a", 1.0, Value()}},
        {"map", Value::Mapping{{"a", 1}, {"b", 2}}},
        {"turned", Value::Mapping{{"b", 2.0}, {"a", 1}}},
        {"none", Value::Sequence{}},
        {"big", Value::text(ValueKind::big_integer, "100000000000000000000")},
        {"bigf", 1e20},
        {"symbol", Value::text(ValueKind::symbol, " ")},
    };
    root = yaml::add_value(tree, values, {});
  }
  yaml::Tree tree;
  yaml::NodeId root;
};

// The value in short (`"a"`, `2`, `2.0`, `null`, `regexp (?i)a`, `sequence`), then whether it is truthful; or the
// error.
std::string show(std::string_view text) {
  static const Inputs inputs;
  static const std::map<std::string_view, std::string_view> variables = {
      {"A", "a"},          {"EMPTY", ""},  {"BLANK", " \u3000"},      {"TRUE", "true"},
      {"PATTERN", "/^a/"}, {"BAD", "/(/"}, {"LINES", "x\n/B/i\n/c/"}, {"PLAIN", "abc"},
      {"FLAGS", "/a/x"}};
  machine::Names names;
  names.variable = [&](std::string_view name) {
    const auto known = variables.find(name);
    return known == variables.end() ? Operand() : Operand::of(known->second);
  };
  names.input = [&](std::string_view name) {
    const yaml::NodeId id = inputs.tree.find(inputs.root, name);
    return id == yaml::kNoNode ? Operand() : Operand::of(inputs.tree, id);
  };
  const machine::TextEvaluation evaluation = machine::evaluate_text(text, names);
  if (evaluation.error) return (evaluation.crashed ? "crash: " : "error: ") + evaluation.error->message;
  const Value value = machine::to_value(evaluation.value);
  std::string out = "?";
  if (value.is_null()) out = "null";
  if (value.kind() == ValueKind::boolean) out = value.boolean() ? "true" : "false";
  if (value.kind() == ValueKind::integer) out = std::to_string(value.integer());
  if (value.kind() == ValueKind::string) out = "\"" + value.text() + "\"";
  if (value.kind() == ValueKind::regexp) out = "regexp " + value.text();
  if (value.kind() == ValueKind::sequence) out = "sequence";
  return out + (evaluation.truthful ? " +" : " -");
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

void check(std::span<const Case> cases) {
  for (const auto& [text, shown] : cases) EXPECT_EQ(show(text), shown) << text;
}

TEST(Evaluate, GivesOperands) {
  const Case cases[] = {
      {"$A", "\"a\" +"},
      {"$U", "null -"},
      {"$EMPTY", "\"\" -"},
      {"$BLANK", "\" \u3000\" -"},
      {"'false'", "\"false\" +"},
      {"false", "false -"},
      {"/ab/i", "regexp (?i)ab +"},
      {"/a\\/b/", "regexp a/b +"},
      {"$[[ inputs.n ]]", "2 +"},
      {"$[[ inputs.none ]]", "sequence -"},
      {"$[[ inputs.gone ]]", "null -"},
      {"$A && $EMPTY", "\"\" -"},
      {"$EMPTY || $A", "\"\" -"},
      {"$U || $A", "\"a\" +"},
      {"$U && $A", "null -"},
      {"false || null", "null -"},
      {"$EMPTY && 'x'", "\"x\" +"},
      {"$A && $U || 'z'", "\"z\" +"},
      {"$U || $U && $A || 'y'", "\"y\" +"},
      {"($A || $U) && ($U || 'w')", "\"w\" +"},
  };
  check(cases);
}

TEST(Evaluate, Negates) {
  const Case cases[] = {
      {"!$A", "false -"},
      {"!$U", "true +"},
      {"!$EMPTY", "true +"},
      {"!$BLANK", "true +"},
      {"!'false'", "false -"},
      {"!/ab/", "false -"},
      {"!!$A", "true +"},
      {"!$[[ inputs.none ]]", "true +"},
      {"!$[[ inputs.list ]]", "false -"},
      {"!$[[ inputs.symbol ]]", "false -"},
  };
  check(cases);
}

TEST(Evaluate, Compares) {
  const Case cases[] = {
      {"$A == 'a'", "true +"},
      {"$A != 'a'", "false -"},
      {"$U == null", "true +"},
      {"$EMPTY == null", "false -"},
      {"$EMPTY == $U", "false -"},
      {"$TRUE == true", "true +"},
      {"true == $TRUE", "true +"},
      {"'false' == false", "true +"},
      {"false == null", "false -"},
      {"!$A == 'false'", "true +"},
      {"$A == 'a' == true", "true +"},
      {"$[[ inputs.t ]] == 'true'", "true +"},
      {"$[[ inputs.n ]] == '2'", "false -"},
      {"$[[ inputs.n ]] == $[[ inputs.f ]]", "true +"},
      {"$[[ inputs.half ]] == $[[ inputs.n ]]", "false -"},
      {"$[[ inputs.list ]] == $[[ inputs.same ]]", "true +"},
      {"$[[ inputs.map ]] == $[[ inputs.turned ]]", "true +"},
      {"$[[ inputs.map ]] == $[[ inputs.list ]]", "false -"},
      {"$[[ inputs.big ]] == $[[ inputs.bigf ]]", "true +"},
      {"$[[ inputs.big ]] == $[[ inputs.big ]]", "true +"},
      {"/ab/ == /ab/", "true +"},
      {"/ab/i == /ab/", "false -"},
      {"$A == /ab/", "false -"},
      {"null == /ab/", "false -"},
      {"true == /ab/", "false -"},
      {"$[[ inputs.list ]] == /ab/", "false -"},
  };
  check(cases);
}

TEST(Evaluate, Matches) {
  const Case cases[] = {
      {"$A =~ /^a$/", "true +"},
      {"$A !~ /^a$/", "false -"},
      {"$U =~ /^$/", "true +"},
      {"$A =~ null", "false -"},
      {"$A !~ $U", "true +"},
      {"$A =~ false", "false -"},
      {"$A =~ $PATTERN", "true +"},
      {"$A =~ '/A/i'", "true +"},
      {"'(' =~ $BAD", "true +"},
      {"'a' =~ $BAD", "false -"},
      {"'b' =~ $LINES", "true +"},
      {"'c' =~ $LINES", "false -"},
      {"'b' =~ $PLAIN", "true +"},
      {"'abcd' =~ $PLAIN", "false -"},
      {"$U =~ $PLAIN", "true +"},
      {"'a/x' =~ $FLAGS", "true +"},
      {"'' =~ ''", "true +"},
      {"$[[ inputs.n ]] =~ /^2$/", "true +"},
      {"$[[ inputs.f ]] =~ /^2\\.0$/", "true +"},
      {"$[[ inputs.list ]] =~ /^\\[\"a\", 1, nil\\]$/", "true +"},
      {"$[[ inputs.map ]] =~ /\\{\"a\"=>1, \"b\"=>2\\}/", "true +"},
      {"$[[ inputs.big ]] =~ /^10+$/", "true +"},
      {"true =~ /^true$/", "true +"},
      {"/xy/ =~ /UntrustedRegexp/", "true +"},
      {"$A =~ ($U || /a+/)", "true +"},
      {"$A =~ /ab/ =~ /^false$/", "true +"},
  };
  check(cases);
}

TEST(Evaluate, CrashesWhereGitLabDoes) {
  const Case cases[] = {
      {"$A =~ true", "crash: found a boolean after '=~', expected a pattern or a string; GitLab itself fails here"},
      {"$A !~ !$U", "crash: found a boolean after '!~', expected a pattern or a string; GitLab itself fails here"},
      {"$A =~ $[[ inputs.n ]]",
       "crash: found a number after '=~', expected a pattern or a string; GitLab itself fails here"},
      {"$A =~ $[[ inputs.list ]]",
       "crash: found a list after '=~', expected a pattern or a string; GitLab itself fails here"},
      {"$A =~ $[[ inputs.map ]]",
       "crash: found a map after '=~', expected a pattern or a string; GitLab itself fails here"},
      {"/ab/ == 'ab'", "crash: found '==' between a pattern and a string; GitLab itself fails here"},
      {"/ab/ != $U", "crash: found '!=' between a pattern and null; GitLab itself fails here"},
      {"$[[ inputs.n ]] == /ab/", "crash: found '==' between a pattern and a number; GitLab itself fails here"},
      {"$[[ inputs.half ]] != /ab/", "crash: found '!=' between a pattern and a number; GitLab itself fails here"},
      {"$A && /ab/ == true", "crash: found '==' between a pattern and a boolean; GitLab itself fails here"},
      {"$U && /ab/ == true", "null -"},
      {"$A || /ab/ == true", "\"a\" +"},
  };
  check(cases);
}

}  // namespace
}  // namespace willrun
