#include "lint/windows_shell.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace willrun::lint {

namespace {

constexpr std::array<std::string_view, 5> kNames = {"windows", "powershell", "pwsh", "nanoserver", "servercore"};

// In lower case, as neither shell minds it.
constexpr std::array<std::string_view, 6> kWords = {"$env:",     "$lastexitcode", "$psversiontable",
                                                    "if exist ", "if not exist ", "@echo off"};

// Verbs that PowerShell's own commands begin with.
constexpr std::array<std::string_view, 18> kVerbs = {"Get",    "Set",  "New",    "Remove",  "Add",  "Write",
                                                     "Invoke", "Copy", "Import", "Start",   "Stop", "Test",
                                                     "Out",    "Move", "Expand", "ForEach", "Join", "Select"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }

// `Verb-Noun` with this `-`: words that begin with capitals, as nothing in other shells is spelled.
bool is_cmdlet(std::string_view text, std::size_t dash) {
  if (dash + 2 >= text.size() || !is_upper(text[dash + 1]) || !is_lower(text[dash + 2])) return false;
  std::size_t begin = dash;
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  const bool is_word = begin == 0 || std::string_view(" \t\n;|({=&").find(text[begin - 1]) != std::string_view::npos;
  return is_word && std::ranges::count(kVerbs, text.substr(begin, dash - begin)) > 0;
}

// `%PATH%` from this `%` on. `date +%H%M` has single letters.
bool is_cmd_variable(std::string_view text, std::size_t percent) {
  std::size_t end = percent + 1;
  while (end < text.size() && (is_upper(text[end]) || text[end] == '_')) ++end;
  return end - percent > 2 && end < text.size() && text[end] == '%';
}

}  // namespace

bool names_windows(std::string_view name) {
  const std::string lower = utf8::lowercase(name);
  return std::ranges::any_of(kNames, [&](std::string_view one) { return lower.find(one) != std::string::npos; });
}

bool is_windows_command(std::string_view command) {
  const std::string lower = utf8::lowercase(command);
  if (std::ranges::any_of(kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; }))
    return true;
  for (std::size_t i = 0; i < command.size(); ++i) {
    if (command[i] == '-' && is_cmdlet(command, i)) return true;
    if (command[i] == '%' && is_cmd_variable(command, i)) return true;
  }
  return false;
}

}  // namespace willrun::lint
