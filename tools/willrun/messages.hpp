// Lines that commands print about themselves and about findings.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include <willrun/report.hpp>

#include "willrun/command_line.hpp"

namespace willrun::cli {

// `note: text` and `error: text` on standard error.
void note(const CommandLine& line, std::string_view text);
void complain(const CommandLine& line, std::string_view text);

// How far long work is, for who looks at a terminal; cheap. What is printed next takes the line away first.
void show_progress(const CommandLine& line, std::string_view text);
void erase_progress(const CommandLine& line);

// Findings with their sources, each followed by an empty line; `quiet` leaves notes out.
void print_findings(std::ostream& out, std::span<const Diagnostic> diagnostics, const SourceFiles& files,
                    const TextStyle& style, bool quiet);

}  // namespace willrun::cli
