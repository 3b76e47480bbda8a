// Tables of `variables`: of the file, of jobs, of rules and of services.
#include <array>

#include "model/checks.hpp"
#include "model/entries.hpp"

namespace willrun::model {

namespace {

using enum Check;

bool has_options(const Scope& scope) { return scope.attribute("options") != yaml::kNoNode; }

constexpr std::array kSimpleVariableRows = {Validation{"key", alphanumeric, {}, nullptr, true}};
constexpr Entry kSimpleVariable{.name = "simple variable", .validations = kSimpleVariableRows, .own_key = "key"};
constexpr Entry kNoVariable{.name = "unknown strategy",
                            .refusal = "variable definition must be either a string or a hash"};

constexpr std::array kRootVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", known_data, "value|description|expand|options"},
    Validation{"config_value", scalar_value},
    Validation{"config_description", alphanumeric},
    Validation{"config_expand", boolean},
    Validation{"config_options", strings},
    Validation{"config_value", in_options, {}, has_options, true},
};
constexpr Entry kRootComplexVariable{.name = "complex variable", .validations = kRootVariableRows, .own_key = "key"};

constexpr std::array kJobVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", known_data, "value|expand"},
    Validation{"config_value", scalar_value},
    Validation{"config_expand", boolean},
};
constexpr Entry kJobComplexVariable{.name = "complex variable", .validations = kJobVariableRows, .own_key = "key"};

constexpr std::array kRuleVariableRows = {
    Validation{"key", alphanumeric, {}, nullptr, true},
    Validation{"", plain_string},
};
constexpr Entry kRuleVariable{.name = "simple variable", .validations = kRuleVariableRows, .own_key = "key"};

template <const Entry* Complex>
const Entry* choose_variable(const Scope& scope) {
  switch (scope.tree().kind(scope.config)) {
    case ValueKind::mapping: return Complex;
    case ValueKind::sequence:
    case ValueKind::reference: return &kNoVariable;
    default: return &kSimpleVariable;
  }
}

constexpr Entry kRootVariable{.name = "variable", .choose = choose_variable<&kRootComplexVariable>};
constexpr Entry kJobVariable{.name = "variable", .choose = choose_variable<&kJobComplexVariable>};
constexpr Entry kRuleVariableForm{.name = "variable", .choose = choose_variable<&kRuleVariable>};

constexpr std::array kVariablesRows = {Validation{"", hash}};

}  // namespace

constexpr Entry kRootVariables{.name = "variables", .validations = kVariablesRows, .values = &kRootVariable};
constexpr Entry kJobVariables{.name = "variables", .validations = kVariablesRows, .values = &kJobVariable};
constexpr Entry kRuleVariables{.name = "variables", .validations = kVariablesRows, .values = &kRuleVariableForm};
constexpr Entry kServiceVariables{.name = "variables", .validations = kVariablesRows, .values = &kRuleVariableForm};

}  // namespace willrun::model
