// Trigger and job tokens: made at random, kept encrypted, found by a keyed hash.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace willrun::server {

// `glptt-` and 20 characters that need no escape in an address; a job's begins with `glcbt-`.
std::string new_trigger_token();
std::string new_job_token();
std::string new_access_token();  // `glpat-`: for the configuration of a demonstration
// The first four characters behind a prefix.
std::string short_token(std::string_view token);

// Compares in a time that depends on the lengths only.
bool equal_secrets(std::string_view a, std::string_view b);

// SHA-256 in hex: how the configuration names access tokens.
std::string sha256_hex(std::string_view text);

// The server's key. Without it neither can a stored token be read, nor can one be looked up. Threads: immutable.
class TokenKey {
 public:
  static constexpr std::size_t kBytes = 32;

  // Reads a key file of 64 hex digits, or makes one that only its owner may read. Throws std::runtime_error.
  static TokenKey from_file(const std::filesystem::path& file);
  static TokenKey random();

  // What a token is found by: 32 bytes that say nothing of it without the key.
  std::string lookup(std::string_view token) const;
  std::string seal(std::string_view token) const;
  // None when the sealed text was made with another key, or changed.
  std::optional<std::string> open(std::string_view sealed) const;

 private:
  TokenKey() = default;
  void derive();

  std::array<unsigned char, kBytes> master_{};
  std::array<unsigned char, kBytes> hash_key_{};
  std::array<unsigned char, kBytes> seal_key_{};
};

}  // namespace willrun::server
