// SIGKILL for those who hold locks, wait for them, or wake others: the rest goes on.
#include <gtest/gtest.h>

#include "libpar/sanitized.h"
#include "lock_scenes.h"

namespace par {
namespace {

struct step_case {
  lock_scene::kind scene;
  std::size_t role;  // 0: gives; 2: takes.
  const char* step;
};

using kind = lock_scene::kind;

const step_case step_cases[] = {
    {kind::mutex, 0, "owner_lock.lock.before_take"},
    {kind::mutex, 0, "owner_lock.lock.taken"},
    {kind::mutex, 0, "owner_lock.lock.before_sleep"},
    {kind::mutex, 0, "owner_lock.lock.after_sleep"},
    {kind::mutex, 0, "owner_lock.unlock.before_free"},
    {kind::mutex, 0, "owner_lock.unlock.before_wake"},
    {kind::semaphore, 0, "semaphore.release.before_change"},
    {kind::semaphore, 0, "semaphore.release.after_change"},
    {kind::semaphore, 2, "semaphore.acquire.before_sleep"},
    {kind::semaphore, 2, "semaphore.acquire.after_sleep"},
    {kind::event, 0, "event.set.before_change"},
    {kind::event, 0, "event.set.after_change"},
    {kind::event, 2, "event.wait.before_sleep"},
    {kind::event, 2, "event.wait.after_sleep"},
    {kind::condition_variable, 0, "condition_variable.notify.begin"},
    {kind::condition_variable, 0, "condition_variable.notify.chosen"},
    {kind::condition_variable, 0, "condition_variable.notify.woken"},
    {kind::condition_variable, 2, "condition_variable.wait.claimed"},
    {kind::condition_variable, 2, "condition_variable.wait.enlisted"},
    {kind::condition_variable, 2, "condition_variable.wait.before_sleep"},
    {kind::condition_variable, 2, "condition_variable.wait.after_sleep"},
    {kind::condition_variable, 2, "condition_variable.wait.before_release"},
    {kind::condition_variable, 2, "owner_lock.lock.taken"},
    {kind::condition_variable, 2, "owner_lock.unlock.before_wake"},
    {kind::barrier, 0, "barrier.wait.claimed"},
    {kind::barrier, 0, "barrier.wait.enlisted"},
    {kind::barrier, 0, "barrier.wait.before_sleep"},
    {kind::barrier, 0, "barrier.wait.after_sleep"},
    {kind::barrier, 0, "barrier.complete.acting"},
    {kind::barrier, 0, "barrier.complete.done"},
    {kind::barrier, 0, "barrier.complete.woken"},
    {kind::barrier, 0, "owner_lock.lock.taken"},
};

TEST(ipc_locks, survive_a_kill_at_each_step) {
  for (const step_case& each : step_cases) {
    SCOPED_TRACE(each.step);
    troupe all(each.scene);
    for (const int round : {1, 2, 5}) {
      all.kill(each.role);
      all.engage(each.role, each.step, round);
      ASSERT_TRUE(all.dies(each.role));
      ASSERT_TRUE(all.goes_on());
    }
  }
}

TEST(ipc_locks, survive_kills_at_random) {
  constexpr int kills = under_address_sanitizer || under_thread_sanitizer ? 10 : 50;
  unsigned seed = 1;
  for (const kind each : lock_scene::kinds) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    EXPECT_TRUE(survives_random_kills(each, kills, seed++));
  }
}

}  // namespace
}  // namespace par
