// Variables in one line, for tables of tests: `A="1" B=null,raw ERROR text`.
#pragma once

#include <string>

#include <willrun/variables.hpp>

namespace willrun::vars {

inline std::string printed(const Variable& variable) {
  std::string out = variable.key;
  if (variable.value) {
    out.append("=\"").append(*variable.value).append("\"");
  } else {
    out.append("=null");
  }
  if (!variable.is_public) out += ",private";
  if (variable.file) out += ",file";
  if (variable.masked) out += ",masked";
  if (variable.raw) out += ",raw";
  return out;
}

inline std::string printed(const SortedVariables& sorted) {
  std::string out;
  for (const Variable& variable : sorted.variables) out.append(out.empty() ? "" : " ").append(printed(variable));
  return sorted.error.empty() ? out : out + " ERROR " + sorted.error;
}

}  // namespace willrun::vars
