#include "common/trigger_preset.hpp"

namespace willrun::tools {

std::optional<PipelineSource> source_of_word(std::string_view word) {
  if (word.empty()) return std::nullopt;
  return parse_source(word == "mr" ? "merge_request_event" : word);
}

Trigger usual_trigger(PipelineSource source, const std::string& ref, bool tag) {
  switch (source) {
    case PipelineSource::push: return tag ? Trigger::push_tag(ref) : Trigger::push(ref);
    case PipelineSource::trigger: return Trigger::by_token(ref);
    case PipelineSource::web: return Trigger::by_web(ref);
    case PipelineSource::api: return Trigger::by_api(ref);
    case PipelineSource::schedule: return Trigger::by_schedule(ref);
    case PipelineSource::merge_request_event: return Trigger::by_merge_request(ref, {});
    default: break;
  }
  Trigger made;
  made.source = source;
  made.ref = ref;
  return made;
}

}  // namespace willrun::tools
