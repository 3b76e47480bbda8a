#include "server/metrics.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace willrun::server {

namespace {

std::string_view series_of(std::string_view method) {
  constexpr std::array<std::string_view, 9> kMethods = {"GET",     "POST",  "PUT",     "DELETE", "HEAD",
                                                        "OPTIONS", "PATCH", "CONNECT", "TRACE"};
  const auto known = std::ranges::find(kMethods, method);
  return known == kMethods.end() ? "other" : *known;
}

}  // namespace

void Metrics::answered(std::string_view route, std::string_view method, int status, std::chrono::microseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  const std::lock_guard lock(mutex_);
  Series& series = routes_[{route, series_of(method)}];
  ++series.by_status[status];
  ++series.buckets[static_cast<std::size_t>(bucket)];
  series.seconds += seconds;
}

void Metrics::add(std::string_view outcome) {
  const std::lock_guard lock(mutex_);
  const auto found = pipelines_.find(outcome);
  if (found == pipelines_.end()) {
    pipelines_.emplace(outcome, 1);
  } else {
    ++found->second;
  }
}

std::string Metrics::text(const std::map<std::string, double>& gauges) const {
  fmt::memory_buffer out;
  const auto line = [&]<class... Values>(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Values>(values)...);
  };
  const std::lock_guard lock(mutex_);
  line("# TYPE willrun_requests_total counter\n");
  for (const auto& [name, series] : routes_) {
    for (const auto& [status, count] : series.by_status)
      line("willrun_requests_total{{route=\"{}\",method=\"{}\",status=\"{}\"}} {}\n", name.first, name.second, status,
           count);
  }
  line("# TYPE willrun_request_seconds histogram\n");
  for (const auto& [name, series] : routes_) {
    const std::string labels = fmt::format("route=\"{}\",method=\"{}\"", name.first, name.second);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
      sum += series.buckets[i];
      const std::string bound = i < kBounds.size() ? fmt::format("{}", kBounds[i]) : "+Inf";
      line("willrun_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, bound, sum);
    }
    line("willrun_request_seconds_sum{{{}}} {}\nwillrun_request_seconds_count{{{}}} {}\n", labels, series.seconds,
         labels, sum);
  }
  line("# TYPE willrun_pipelines_total counter\n");
  for (const auto& [outcome, count] : pipelines_)
    line("willrun_pipelines_total{{outcome=\"{}\"}} {}\n", outcome, count);
  for (const auto& [name, value] : gauges) line("# TYPE {} gauge\n{} {}\n", name, name, value);
  return fmt::to_string(out);
}

}  // namespace willrun::server
