// Integers outside 64 bits, as far as YAML needs them: from digits of any base to decimal text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace willrun::yaml {

// A natural number that grows. Cost is quadratic in its length.
class BigInteger {
 public:
  void multiply_add(std::uint32_t factor, std::uint32_t addend);
  void subtract(std::uint32_t amount);  // `amount` must not be larger than the number
  std::string decimal() const;          // "0" for nothing

 private:
  std::vector<std::uint32_t> limbs_;  // base 1,000,000,000, lowest first
};

}  // namespace willrun::yaml
