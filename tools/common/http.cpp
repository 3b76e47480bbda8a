#include "common/http.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>

#include "common/read_file.hpp"
#include "common/text.hpp"

namespace willrun::tools {

namespace {

namespace fs = std::filesystem;

constexpr long kMostRedirections = 5;

bool is_public_v4(std::uint32_t address) {
  struct Net {
    std::uint32_t address;
    unsigned bits;
  };
  constexpr std::array<Net, 14> kReserved = {{{0x00000000, 8},
                                              {0x0A000000, 8},
                                              {0x64400000, 10},
                                              {0x7F000000, 8},
                                              {0xA9FE0000, 16},
                                              {0xAC100000, 12},
                                              {0xC0000000, 24},
                                              {0xC0000200, 24},
                                              {0xC0A80000, 16},
                                              {0xC6120000, 15},
                                              {0xC6336400, 24},
                                              {0xCB007100, 24},
                                              {0xE0000000, 4},
                                              {0xF0000000, 4}}};
  return std::none_of(kReserved.begin(), kReserved.end(),
                      [&](const Net& net) { return (address ^ net.address) >> (32 - net.bits) == 0; });
}

// Only global unicast (2000::/3) is public, and what embeds an IPv4 address is as public as that is.
bool is_public_v6(const in6_addr& address) {
  const std::uint8_t* bytes = address.s6_addr;
  const auto v4_at = [&](std::size_t at) {
    return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U | std::uint32_t{bytes[at + 2]} << 8U |
           bytes[at + 3];
  };
  if (IN6_IS_ADDR_V4MAPPED(&address)) return is_public_v4(v4_at(12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public_v4(v4_at(2));
  const bool documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8;
  const bool teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
  return (bytes[0] & 0xE0U) == 0x20 && !documentation && !teredo;
}

bool is_public(const sockaddr* address) {
  if (address->sa_family == AF_INET)
    return is_public_v4(ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr));
  return address->sa_family == AF_INET6 && is_public_v6(reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr);
}

struct Request {
  CURL* curl = nullptr;
  const HttpLimits* limits = nullptr;
  std::string body;
  bool too_big = false;
  bool refused = false;
};

std::string host_of(const char* address) {
  std::string host;
  CURLU* parsed = curl_url();
  char* text = nullptr;
  if (parsed != nullptr && curl_url_set(parsed, CURLUPART_URL, address, 0) == CURLUE_OK &&
      curl_url_get(parsed, CURLUPART_HOST, &text, 0) == CURLUE_OK) {
    host = text;
    curl_free(text);
  }
  curl_url_cleanup(parsed);
  return lower(host);
}

// Called with the address that a name was resolved to, for every connection, redirections included.
curl_socket_t open_socket(void* data, curlsocktype purpose, curl_sockaddr* address) {
  auto& request = *static_cast<Request*>(data);
  char* effective = nullptr;
  curl_easy_getinfo(request.curl, CURLINFO_EFFECTIVE_URL, &effective);
  const std::string host = effective == nullptr ? std::string() : host_of(effective);
  const auto& allowed = request.limits->private_hosts;
  const bool may = std::find(allowed.begin(), allowed.end(), host) != allowed.end();
  if (purpose != CURLSOCKTYPE_IPCXN || (!may && !is_public(&address->addr))) {
    request.refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& request = *static_cast<Request*>(data);
  if (request.body.size() + size * count > request.limits->most_bytes) {
    request.too_big = true;
    return 0;
  }
  request.body.append(bytes, size * count);
  return size * count;
}

int wait(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  static_cast<const Request*>(data)->limits->waiting();
  return 0;
}

std::string failure_of(CURLcode code, const Request& request) {
  if (request.refused) return "an address that is not public, which is not in `allow_private`";
  if (request.too_big) return "its size: more than " + std::to_string(request.limits->most_bytes) + " bytes";
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return "a timeout error";
    case CURLE_TOO_MANY_REDIRECTS: return "too many redirections";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return "a socket error";
    default: return std::string("HTTP error (") + curl_easy_strerror(code) + ")";
  }
}

}  // namespace

void start_curl() {
  class Library {
   public:
    Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Library() { curl_global_cleanup(); }
  };
  static const Library library;
}

HttpAnswer http_get(const std::string& address, const HttpLimits& limits) {
  start_curl();
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return {std::nullopt, "HTTP error"};
  Request request{.curl = curl.get(), .limits = &limits, .body = {}};
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
  set(CURLOPT_URL, address.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, kMostRedirections);
  set(CURLOPT_TIMEOUT, static_cast<long>(limits.timeout.count()));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");  // a proxy would connect to addresses that are not checked here
  set(CURLOPT_USERAGENT, "willrun");
  set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(CURLOPT_OPENSOCKETDATA, &request);
  set(CURLOPT_WRITEFUNCTION, take);
  set(CURLOPT_WRITEDATA, &request);
  if (limits.waiting) {
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, wait);
    set(CURLOPT_XFERINFODATA, &request);
  }
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return {std::nullopt, failure_of(code, request)};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return {std::nullopt, "HTTP code `" + std::to_string(status) + "` error"};
  return {std::move(request.body), {}};
}

fs::path HttpCache::file_of(const std::string& address) const {
  std::array<unsigned char, crypto_generichash_BYTES> digest;
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(address.data()),
                     address.size(), nullptr, 0);
  std::array<char, crypto_generichash_BYTES * 2 + 1> name;
  sodium_bin2hex(name.data(), name.size(), digest.data(), digest.size());
  return folder_ / name.data();
}

std::optional<std::string> HttpCache::find(const std::string& address) const {
  const fs::path file = file_of(address);
  FileText text = read_file(file);
  if (!text.failure.empty()) return std::nullopt;
  std::error_code ignored;
  fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
  return std::move(text.text);
}

void HttpCache::store(const std::string& address, std::string_view body) const {
  if (body.size() > most_bytes_) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  const fs::path file = file_of(address);
  fs::path draft = file;
  draft += std::string(1, '.').append(std::to_string(getpid()));
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << body;
    if (!out.flush()) {
      fs::remove(draft, error);
      return;
    }
  }
  fs::rename(draft, file, error);
  shrink();
}

void HttpCache::shrink() const {
  struct Kept {
    fs::path path;
    std::uint64_t bytes;
    fs::file_time_type used;
  };
  std::vector<Kept> kept;
  std::uint64_t total = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::uint64_t bytes = entry.file_size(error);
    if (error) continue;
    kept.push_back({entry.path(), bytes, entry.last_write_time(error)});
    total += bytes;
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
  for (auto old = kept.begin(); old != kept.end() && total > most_bytes_; ++old) {
    fs::remove(old->path, error);
    total -= old->bytes;
  }
}

}  // namespace willrun::tools
