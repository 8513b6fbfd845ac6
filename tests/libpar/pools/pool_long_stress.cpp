// Stress runs of a minute or more, for `ctest -C stress -L stress`.
#include "libpar/pools/pool_stress.h"

namespace {

constexpr int rounds = 100;

const pool_stress::options cases[] = {
    {"one thread", 1, 8, 2'000},
    {"two threads", 2, 8, 2'000},
    {"more threads than processors", 32, 8, 2'000},
    {"many posters", 4, 64, 300},
    {"cancelled at once", 4, 8, 500, 1},
    {"cancelled under way", 4, 8, 2'000, 5'000},
};

TEST(pool_long_stress, runs_or_drops_every_task_once) {
  for (int round = 0; round < rounds; ++round) {
    for (const pool_stress::options& with : cases) {
      SCOPED_TRACE(with.name);
      pool_stress::run(with).go();
    }
  }
}

}  // namespace
