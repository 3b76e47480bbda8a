// Counters for `/metrics`, in Prometheus' text format.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace willrun::server {

// Threads: any, concurrently.
class Metrics {
 public:
  // Upper bounds of the buckets of durations, in seconds.
  static constexpr std::array<double, 9> kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 10};

  // `route`: a pattern, which lives as long as the program does. Methods that HTTP does not know count as "other", so
  // that clients cannot make up series.
  void answered(std::string_view route, std::string_view method, int status, std::chrono::microseconds took);
  void pipeline(std::string_view outcome) { add(outcome); }
  // `gauges`: names with their values now.
  std::string text(const std::map<std::string, double>& gauges) const;

 private:
  struct Series {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double seconds = 0;
  };
  void add(std::string_view outcome);

  mutable std::mutex mutex_;
  std::map<std::pair<std::string_view, std::string_view>, Series> routes_;
  std::map<std::string, std::uint64_t, std::less<>> pipelines_;
};

}  // namespace willrun::server
