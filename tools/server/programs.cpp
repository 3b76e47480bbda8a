#include "server/programs.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "server/entities.hpp"
#include "server/tokens.hpp"

namespace willrun::server {

namespace {

// Lengths stand in front of texts, so that no two keys run into each other.
void append(std::string& key, std::string_view text) {
  key.append(std::to_string(text.size())).append(1, ':').append(text);
}

std::string longer_key(const std::string& place, std::uint64_t surroundings, const Trigger& trigger,
                       bool names_payload) {
  std::string key = fmt::format("{}\n{}\n{}\n", place, surroundings, trigger.user_id);
  for (const VisibleVariable& variable : visible_variables(trigger)) {
    if (!variable.in_includes || (variable.name == "TRIGGER_PAYLOAD" && !names_payload)) continue;
    append(key, variable.name);
    append(key, variable.value ? *variable.value : std::string_view("\0", 1));
  }
  return sha256_hex(key);
}

// Whether the main file, its inputs filled in, may have the key `include`. One that is refused before is as it is for
// every variable.
bool includes_files(const Config& config) {
  return !config.includes().empty() || dump(config, Stage::inputs).find("include") != std::string::npos;
}

// A name stands as it is in some file or input.
bool may_name_own(const Config& config, const std::string& place) {
  if (names_own_variables(place)) return true;
  for (std::size_t i = 0; i < config.files().size(); ++i) {
    if (names_own_variables(config.files().text(static_cast<FileId>(i)))) return true;
  }
  return false;
}

}  // namespace

// Escapes of YAML, and blocks of inputs inside a name, may make any name.
bool names_own_variables(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSigns = {"PAYLOAD", "PIPELINE_IID", "TRIGGER_$[[", "PIPELINE_$[[",
                                                      "\\x",     "\\u",          "\\U",         "\\\n"};
  return std::ranges::any_of(kSigns, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

const std::string& Decided::verdict() const {
  std::call_once(verdict_made_, [this] { verdict_ = verdict_text(decision); });
  return verdict_;
}

std::shared_ptr<const Decided> Decisions::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

void Decisions::add(const std::string& key, const std::shared_ptr<const Decided>& decided) {
  constexpr std::size_t kMost = 200;
  constexpr std::size_t kMostSeen = 10 * kMost;
  const std::size_t hash = std::hash<std::string>()(key);
  const std::lock_guard lock(mutex_);
  if (seen_.size() >= kMostSeen) seen_.clear();
  if (seen_.insert(hash).second) return;
  if (by_key_.size() >= kMost) by_key_.clear();
  by_key_[key] = decided;
}

std::shared_ptr<const Compiled> Programs::find_shared(const std::string& place) {
  const std::lock_guard lock(mutex_);
  const Entry* plan = look(place);
  return plan == nullptr ? nullptr : plan->compiled;
}

// The caller holds the lock.
const Programs::Entry* Programs::look(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  if (found->second->until < Clock::now()) {
    entries_.erase(found->second);
    by_key_.erase(found);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  return &*found->second;
}

std::shared_ptr<const Compiled> Programs::find(const std::string& place, std::uint64_t surroundings,
                                               const Trigger& trigger) {
  bool names_payload = false;
  {
    const std::lock_guard lock(mutex_);
    const Entry* plan = look(place);
    if (plan == nullptr) return nullptr;
    if (plan->compiled) return plan->compiled;
    names_payload = plan->names_payload;
  }
  const std::string key = longer_key(place, surroundings, trigger, names_payload);
  const std::lock_guard lock(mutex_);
  const Entry* entry = look(key);
  return entry == nullptr ? nullptr : entry->compiled;
}

std::shared_ptr<const Compiled> Programs::add(const std::string& place, std::uint64_t surroundings,
                                              const Trigger& trigger, Config config, bool read_elsewhere) {
  std::optional<Program> program = compile(config);
  bool names_payload = may_name_own(config, place);
  const std::shared_ptr<Compiled> compiled(
      new Compiled{.config = std::move(config), .program = std::move(program), .names_own = names_payload});
  if (!includes_files(compiled->config)) {
    const std::lock_guard lock(mutex_);
    ++misses_;
    keep({place, compiled, false, Clock::time_point::max()});
    return compiled;
  }
  {
    const std::lock_guard lock(mutex_);
    const Entry* plan = look(place);
    names_payload = names_payload || (plan != nullptr && plan->names_payload);
    keep({place, nullptr, names_payload, Clock::time_point::max()});
  }
  std::string key = longer_key(place, surroundings, trigger, names_payload);
  const std::lock_guard lock(mutex_);
  ++misses_;
  keep({std::move(key), compiled, false, read_elsewhere ? Clock::now() + elsewhere_ : Clock::time_point::max()});
  return compiled;
}

// The caller holds the lock.
void Programs::keep(Entry entry) {
  const auto known = by_key_.find(entry.key);
  if (known != by_key_.end()) {
    entries_.erase(known->second);
    by_key_.erase(known);
  }
  entries_.push_front(std::move(entry));
  by_key_[entries_.front().key] = entries_.begin();
  while (entries_.size() > most_ && entries_.size() > 2) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

Programs::Counts Programs::counts() const {
  const std::lock_guard lock(mutex_);
  return {hits_, misses_, entries_.size()};
}

}  // namespace willrun::server
