// Spans as people read them.
#pragma once

#include <string>
#include <string_view>

#include <willrun/source.hpp>

namespace willrun::report {

// Whether the span's file is one of these: a diagnostic about a text that was never read has no place.
bool has_place(const SourceFiles& files, Span span);

// A file's name behind the prefix, safe to print.
std::string file_name(const SourceFiles& files, FileId file, std::string_view prefix);

// `file:line:column`; empty where there is no place.
std::string place(const SourceFiles& files, Span span, std::string_view prefix);

}  // namespace willrun::report
