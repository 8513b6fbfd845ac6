// Thousands of kills among processes that share locks.
#include <gtest/gtest.h>

#include "lock_scenes.h"

namespace par {
namespace {

TEST(ipc_locks_stress, survive_thousands_of_kills) {
  unsigned seed = 1000;
  for (const lock_scene::kind each : lock_scene::kinds) {
    for (int run = 0; run < 15; ++run) {
      SCOPED_TRACE(testing::Message() << "seed " << seed);
      ASSERT_TRUE(survives_random_kills(each, 100, seed++));
    }
  }
}

}  // namespace
}  // namespace par
