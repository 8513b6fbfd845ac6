// Stress runs of a minute or more, for `ctest -C stress -L stress`.
#include "libpar/queues/stress.h"

namespace {

constexpr std::size_t unbounded = par::queue<int>::unbounded;
constexpr int rounds = 20;

const stress::options cases[] = {
    {"room for one", 1, 8, 8, 3'000},        {"room for two", 2, 3, 3, 20'000},
    {"room for seven", 7, 16, 16, 3'000},    {"roomy", 1000, 8, 8, 50'000},
    {"many to one", 5, 32, 1, 2'000},        {"one to many", 5, 1, 32, 30'000},
    {"unbounded", unbounded, 8, 8, 20'000},  {"closed early", 1, 8, 8, 10'000, 100},
    {"closed late", 3, 8, 8, 3'000, 20'000},
};

template <class Queue>
struct queue_long_stress : testing::Test {};
TYPED_TEST_SUITE(queue_long_stress, every_queue<stress::item>::types, queue_names);

TYPED_TEST(queue_long_stress, loses_nothing_doubles_nothing_keeps_each_producers_order) {
  for (int round = 0; round < rounds; ++round) {
    for (const stress::options& with : cases) {
      SCOPED_TRACE(with.name);
      stress::run<TypeParam> run(with);
      run.go();
      run.expect_whole();
      if (std::is_same_v<TypeParam, par::queue<stress::item>>) run.expect_order();
    }
  }
}

}  // namespace
