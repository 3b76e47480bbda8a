// What came of a trigger, in one line.
#pragma once

#include <string>

#include <willrun/decision.hpp>

namespace willrun {

// "5 jobs", or "no pipeline: " and GitLab's first reason, cut where it is long: for people who asked about something
// else. No newline; safe for a terminal. Threads: a pure function.
std::string outcome(const Decision& decision);

}  // namespace willrun
