#include "server/tokens.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "common/read_file.hpp"

namespace willrun::server {

namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void start() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium cannot be used");
}

std::string new_token(std::string_view prefix) {
  start();
  constexpr std::size_t kRandomBytes = 15;  // 20 characters of base64
  std::array<unsigned char, kRandomBytes> random;
  randombytes_buf(random.data(), random.size());
  std::array<char, sodium_base64_ENCODED_LEN(kRandomBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return std::string(prefix).append(text.data());
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  std::string text(size * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

}  // namespace

std::string new_trigger_token() { return new_token("glptt-"); }
std::string new_job_token() { return new_token("glcbt-"); }
std::string new_access_token() { return new_token("glpat-"); }

std::string short_token(std::string_view token) {
  constexpr std::string_view kPrefix = "glptt-";
  if (token.starts_with(kPrefix)) token.remove_prefix(kPrefix.size());
  return std::string(token.substr(0, 4));
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), bytes_of(text), text.size());
  return to_hex(digest.data(), digest.size());
}

void TokenKey::derive() {
  constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "willrun1";
  static_assert(kBytes == crypto_kdf_KEYBYTES);
  crypto_kdf_derive_from_key(hash_key_.data(), hash_key_.size(), 1, kContext, master_.data());
  crypto_kdf_derive_from_key(seal_key_.data(), seal_key_.size(), 2, kContext, master_.data());
}

TokenKey TokenKey::random() {
  start();
  TokenKey key;
  randombytes_buf(key.master_.data(), key.master_.size());
  key.derive();
  return key;
}

TokenKey TokenKey::from_file(const std::filesystem::path& file) {
  start();
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0) {
    TokenKey key = random();
    const std::string text = to_hex(key.master_.data(), kBytes) + "\n";
    const bool written =
        ::write(made, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(made) == 0;
    ::close(made);
    if (!written) throw std::runtime_error("the key file " + file.string() + " cannot be written");
    return key;
  }
  const int error = errno;
  const tools::FileText read = tools::read_file(file, 4'096);
  if (read.missing)
    throw std::runtime_error("the key file " + file.string() + " cannot be made: " + std::strerror(error));
  if (!read.failure.empty()) throw std::runtime_error("the key file " + file.string() + ": " + read.failure);
  TokenKey key;
  std::size_t size = 0;
  const char* end = nullptr;
  const std::string_view text = read.text;
  const bool is_hex = sodium_hex2bin(key.master_.data(), kBytes, text.data(), text.size(), "\n\r ", &size, &end) == 0;
  if (!is_hex || size != kBytes || end != text.data() + text.size())
    throw std::runtime_error("the key file " + file.string() + " does not hold 64 hex digits");
  key.derive();
  return key;
}

std::string TokenKey::lookup(std::string_view token) const {
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash(bytes_of(digest), digest.size(), bytes_of(token), token.size(), hash_key_.data(),
                     hash_key_.size());
  return digest;
}

// A nonce, and behind it the encrypted text.
std::string TokenKey::seal(std::string_view token) const {
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + token.size(), '\0');
  randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes_of(sealed) + crypto_secretbox_NONCEBYTES, bytes_of(token), token.size(), bytes_of(sealed),
                        seal_key_.data());
  return sealed;
}

std::optional<std::string> TokenKey::open(std::string_view sealed) const {
  constexpr std::size_t kOver = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < kOver) return std::nullopt;
  std::string token(sealed.size() - kOver, '\0');
  const std::string_view cipher = sealed.substr(crypto_secretbox_NONCEBYTES);
  if (crypto_secretbox_open_easy(bytes_of(token), bytes_of(cipher), cipher.size(), bytes_of(sealed),
                                 seal_key_.data()) != 0)
    return std::nullopt;
  return token;
}

}  // namespace willrun::server
