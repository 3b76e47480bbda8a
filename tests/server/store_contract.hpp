// What every store promises, as tests that run over each of them: makers of empty stores are listed in store_test.cpp.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "server/store.hpp"
#include "tools/scratch_folder.hpp"

namespace willrun::server {

// Makes a store; opening the same place again finds what was there.
struct StoreMaker {
  std::string name;
  std::function<std::unique_ptr<Store>(const tools::ScratchFolder&)> open;
  std::function<void(const tools::ScratchFolder&)> clear;  // forgets what an earlier test left
};

inline void PrintTo(const StoreMaker& maker, std::ostream* out) { *out << maker.name; }

// A write, waited for.
template <class T, class Write>
std::optional<T> waited(Write write) {
  std::promise<Stored<T>> promise;
  write([&](Stored<T> stored) { promise.set_value(std::move(stored)); });
  Stored<T> stored = promise.get_future().get();
  EXPECT_EQ(stored.failure, "");
  return stored.value;
}

}  // namespace willrun::server
