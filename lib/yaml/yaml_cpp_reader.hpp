// yaml-cpp as an event source, under libyaml's eyes.
#pragma once

#include "yaml/event_record.hpp"

namespace willrun::yaml {

// Reads the first document of a text that libyaml has taken, into the sink. Each event is held against libyaml's, which
// also says where it stands. False as soon as the two differ or yaml-cpp refuses the text: what the sink was given by
// then is worth nothing.
bool read_yaml_cpp(std::string_view text, const EventRecord& record, EventSink& sink);

}  // namespace willrun::yaml
