// Spans as people read them.
#pragma once

#include <string>
#include <string_view>

#include <willrun/report.hpp>
#include <willrun/source.hpp>

namespace willrun::report {

// Whether the span's file is one of these: a diagnostic about a text that was never read has no place.
bool has_place(const SourceFiles& files, Span span);

// A file's name as its user knows it; not yet safe to print.
std::string file_name(const SourceFiles& files, FileId file, const ShownPaths& paths);

// `file:line:column`, safe to print; empty where there is no place.
std::string place(const SourceFiles& files, Span span, const ShownPaths& paths);

}  // namespace willrun::report
