// The short stress runs; pool_long_stress.cpp has the long ones.
#include "libpar/pools/pool_stress.h"

namespace {

const pool_stress::options cases[] = {
    {"one thread", 1, 2, 300},
    {"two threads", 2, 4, 300},
    {"more threads than processors", 16, 4, 300},
    {"one poster", 4, 1, 600},
    {"cancelled at once", 4, 4, 300, 1},
    {"cancelled under way", 4, 4, 300, 500},
};

TEST(pool_stress, runs_or_drops_every_task_once) {
  for (const pool_stress::options& with : cases) {
    SCOPED_TRACE(with.name);
    pool_stress::run(with).go();
  }
}

}  // namespace
