#include "par/locks/lock_guard.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <mutex>
#include <system_error>
#include <utility>

#include "par/locks/mutex.h"
#include "unanalysed.h"

namespace {

using namespace std::chrono_literals;

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

TEST(lock_guard, can_adopt_a_held_lock) {
  par::mutex guard;
  guard.lock();
  {
    const par::lock_guard lock(guard, std::adopt_lock);
    EXPECT_TRUE(is_held(guard));
  }
  EXPECT_FALSE(is_held(guard));
}

// Made in every way, each over a free mutex and a held one.
struct making {
  const char* name;
  std::function<par::unique_lock<par::mutex>(par::mutex&)> make;
  bool owns_if_free;
};

using lock_type = par::unique_lock<par::mutex>;
const making makings[] = {
    {"defer", [](par::mutex& m) { return lock_type(m, std::defer_lock); }, false},
    {"try", [](par::mutex& m) { return lock_type(m, std::try_to_lock); }, true},
    {"for", [](par::mutex& m) { return lock_type(m, 1ms); }, true},
    {"until", [](par::mutex& m) { return lock_type(m, std::chrono::system_clock::now()); }, true},
};

TEST(unique_lock, owns_what_it_was_made_to_own) {
  for (const making& each : makings) {
    SCOPED_TRACE(each.name);
    par::mutex guard;
    {
      const lock_type lock = each.make(guard);
      EXPECT_EQ(lock.owns_lock(), each.owns_if_free);
      EXPECT_EQ(static_cast<bool>(lock), each.owns_if_free);
      EXPECT_EQ(is_held(guard), each.owns_if_free);
      EXPECT_EQ(lock.mutex(), &guard);
    }
    ASSERT_TRUE(guard.try_lock());
    EXPECT_FALSE(each.make(guard).owns_lock());
    guard.unlock();
  }
}

TEST(unique_lock, can_adopt_a_held_lock) {
  par::mutex guard;
  guard.lock();
  {
    const lock_type lock(guard, std::adopt_lock);
    EXPECT_TRUE(lock.owns_lock());
  }
  EXPECT_FALSE(is_held(guard));
}

TEST(unique_lock, a_deferred_one_can_be_locked_in_every_way) {
  par::mutex guard;
  lock_type lock(guard, std::defer_lock);
  EXPECT_TRUE(lock.try_lock());
  lock.unlock();
  EXPECT_TRUE(lock.try_lock_for(1ms));
  lock.unlock();
  EXPECT_TRUE(lock.try_lock_until(std::chrono::system_clock::now()));
  lock.unlock();
  const par::lock_guard held(guard);
  EXPECT_FALSE(lock.try_lock());
  EXPECT_FALSE(lock.try_lock_for(1ms));
  EXPECT_FALSE(lock.owns_lock());
}

TEST(unique_lock, moves_and_swaps) {
  par::mutex a, b;
  lock_type first(a);
  lock_type second(std::move(first));
  EXPECT_TRUE(second.owns_lock());
  EXPECT_EQ(second.mutex(), &a);
  lock_type third(b);
  swap(second, third);
  EXPECT_EQ(third.mutex(), &a);
  second = std::move(third);  // Gives b back.
  EXPECT_FALSE(is_held(b));
  EXPECT_TRUE(is_held(a));
  second = lock_type();
  EXPECT_FALSE(is_held(a));
}

TEST(unique_lock, release_keeps_the_mutex_locked) {
  par::mutex guard;
  par::mutex* released = nullptr;
  {
    lock_type lock(guard);
    released = lock.release();
    EXPECT_FALSE(lock.owns_lock());
    EXPECT_EQ(lock.mutex(), nullptr);
  }
  ASSERT_EQ(released, &guard);
  EXPECT_TRUE(is_held(guard));
  guard.unlock();
}

TEST(unique_lock, an_empty_one_cannot_lock) {
  lock_type nothing;
  EXPECT_THROW(nothing.lock(), std::system_error);
  EXPECT_THROW(static_cast<void>(nothing.try_lock()), std::system_error);
  EXPECT_THROW(nothing.unlock(), std::system_error);
}

TEST(unique_lock, misuse_throws) {
  par::mutex guard;
  par::unique_lock lock(guard);
  EXPECT_THROW(lock.lock(), std::system_error);
  lock.unlock();
  EXPECT_THROW(lock.unlock(), std::system_error);
}

}  // namespace
