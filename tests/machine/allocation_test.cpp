// Evaluation must not touch the heap: a decision runs thousands of expressions.
#include <atomic>
#include <cstdlib>
#include <new>

#include "machine/evaluate.hpp"

namespace {
std::atomic<std::size_t> allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* place = std::malloc(size)) return place;
  throw std::bad_alloc();
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

namespace willrun {
namespace {

TEST(Evaluate, AllocatesNothing) {
  machine::ExpressionPool pool;
  std::vector<machine::ExpressionId> ids;
  for (const char* text : {"$A == 'a' && $B != 'b' || !$C", "$A =~ /^a.*z$/ || $A =~ /plain/",
                           "$A =~ $C || $A =~ 'text'", "$A =~ $PATTERN", "'a' =~ true", "$A == true || $U"}) {
    ids.push_back(std::get<machine::ExpressionId>(pool.add(text)));
  }
  std::vector<machine::Operand> variables(pool.variable_count());
  for (std::uint32_t slot = 0; slot < variables.size(); ++slot) {
    const auto name = pool.variable_name(slot);
    if (name != "U")
      variables[slot] = machine::Operand::of(name == "PATTERN" ? "/^a+$/" : "a longer text than small strings");
  }
  machine::PatternCache cache;
  const auto run = [&] {
    for (const auto id : ids) machine::evaluate(pool, id, {variables, {}}, cache);
  };
  run();  // patterns enter the cache, RE2 builds its states
  const std::size_t before = allocations;
  run();
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace willrun
