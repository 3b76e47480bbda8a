#include "yaml/big_integer.hpp"

#include <fmt/format.h>

namespace willrun::yaml {

namespace {
constexpr std::uint64_t kBase = 1'000'000'000;
}

void BigInteger::multiply_add(std::uint32_t factor, std::uint32_t addend) {
  std::uint64_t carry = addend;
  for (std::uint32_t& limb : limbs_) {
    carry += std::uint64_t{limb} * factor;
    limb = static_cast<std::uint32_t>(carry % kBase);
    carry /= kBase;
  }
  for (; carry != 0; carry /= kBase) limbs_.push_back(static_cast<std::uint32_t>(carry % kBase));
}

void BigInteger::subtract(std::uint32_t amount) {
  std::uint64_t borrow = amount;
  for (std::size_t i = 0; i < limbs_.size() && borrow != 0; ++i) {
    const std::uint64_t part = borrow % kBase;
    borrow /= kBase;
    if (limbs_[i] < part) {
      limbs_[i] += static_cast<std::uint32_t>(kBase);
      ++borrow;
    }
    limbs_[i] -= static_cast<std::uint32_t>(part);
  }
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

std::string BigInteger::decimal() const {
  if (limbs_.empty()) return "0";
  std::string text = fmt::format_int(limbs_.back()).str();
  for (std::size_t i = limbs_.size() - 1; i-- > 0;) text += fmt::format("{:09}", limbs_[i]);
  return text;
}

}  // namespace willrun::yaml
