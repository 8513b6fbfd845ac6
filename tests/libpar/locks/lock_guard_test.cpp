#include "par/locks/lock_guard.h"

#include <gtest/gtest.h>

#include <system_error>

#include "par/locks/mutex.h"

namespace {

bool is_held(par::mutex& guard) {
  if (!guard.try_lock()) return true;
  guard.unlock();
  return false;
}

TEST(lock_guard, holds_the_lock_for_its_scope) {
  par::mutex guard;
  {
    const par::lock_guard lock(guard);
    EXPECT_TRUE(is_held(guard));
  }
  EXPECT_FALSE(is_held(guard));
}

TEST(unique_lock, can_give_back_and_take_again) {
  par::mutex guard;
  {
    par::unique_lock lock(guard);
    EXPECT_TRUE(lock.owns_lock());
    lock.unlock();
    EXPECT_FALSE(is_held(guard));
    EXPECT_FALSE(lock.owns_lock());
    lock.lock();
    EXPECT_TRUE(is_held(guard));
  }
  EXPECT_FALSE(is_held(guard));
}

TEST(unique_lock, unlocked_at_the_end_of_its_scope_it_unlocks_once) {
  par::mutex guard;
  {
    par::unique_lock lock(guard);
    lock.unlock();
  }
  EXPECT_FALSE(is_held(guard));
}

TEST(unique_lock, misuse_throws) {
  par::mutex guard;
  par::unique_lock lock(guard);
  EXPECT_THROW(lock.lock(), std::system_error);
  lock.unlock();
  EXPECT_THROW(lock.unlock(), std::system_error);
}

}  // namespace
