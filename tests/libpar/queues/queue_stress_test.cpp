// The short stress runs; queue_long_stress.cpp has the long ones.
#include "libpar/queues/stress.h"

namespace {

constexpr std::size_t unbounded = par::queue<int>::unbounded;

const stress::options cases[] = {
    {"1 to 1, room for one", 1, 1, 1, 2000},
    {"1 to 1, roomy", 64, 1, 1, 5000},
    {"4 to 4, room for one", 1, 4, 4, 500},
    {"4 to 4, room for three", 3, 4, 4, 1000},
    {"4 to 4, roomy", 100, 4, 4, 2000},
    {"8 to 1", 8, 8, 1, 500},
    {"1 to 8", 8, 1, 8, 2000},
    {"unbounded", unbounded, 3, 3, 2000},
    {"closed in the middle, room for one", 1, 4, 4, 2000, 1000},
    {"closed in the middle, room for seven", 7, 4, 4, 2000, 3000},
    {"closed in the middle, unbounded", unbounded, 4, 4, 2000, 3000},
};

template <class Queue>
struct queue_stress : testing::Test {};
TYPED_TEST_SUITE(queue_stress, every_queue<stress::item>::types, queue_names);

TYPED_TEST(queue_stress, loses_nothing_doubles_nothing_keeps_each_producers_order) {
  for (const stress::options& with : cases) {
    SCOPED_TRACE(with.name);
    stress::run<TypeParam> run(with);
    run.go();
    run.expect_whole();
    if (std::is_same_v<TypeParam, par::queue<stress::item>>) run.expect_order();
  }
}

}  // namespace
