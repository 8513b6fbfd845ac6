#include "par/processes/ipc/mutex.h"

#include <gtest/gtest.h>

#include <mutex>
#include <system_error>
#include <vector>

#include "libpar/sanitized.h"
#include "par/locks/lock_guard.h"
#include "par/pools/thread.h"
#include "par/processes/ipc/recursive_mutex.h"
#include "victims.h"

namespace par::ipc {
namespace {

using namespace std::chrono_literals;

template <class Mutex>
class any_ipc_mutex : public testing::Test {};
using mutexes = testing::Types<ipc::mutex, ipc::recursive_mutex>;
TYPED_TEST_SUITE(any_ipc_mutex, mutexes);

TYPED_TEST(any_ipc_mutex, excludes_other_processes) {
  const TypeParam guard;
  guard.lock();
  EXPECT_FALSE(answer_of([&] { return guard.try_lock(); }));
  EXPECT_FALSE(answer_of([&] { return guard.try_lock_for(1ms); }));
  guard.unlock();
  EXPECT_TRUE(answer_of([&] {
    const bool taken = guard.try_lock();
    if (taken) guard.unlock();
    return taken;
  }));
  EXPECT_TRUE(guard.try_lock_until(std::chrono::system_clock::now() + 1h));
  guard.unlock();
}

TYPED_TEST(any_ipc_mutex, counts_right) {
  const TypeParam guard;
  const numbers shared(1);
  std::vector<process> children;
  for (int i = 0; i < 4; ++i) {
    fork_into(children, [&] {
      for (int each = 0; each < 5000; ++each) {
        const std::lock_guard lock(guard);
        shared[0].store(shared[0].load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
      }
    });
  }
  for (process& each : children) each.join();
  EXPECT_EQ(shared[0].load(), 20'000);
}

TYPED_TEST(any_ipc_mutex, is_handed_over_while_others_sleep) {
  const TypeParam guard;
  guard.lock();
  process child = process::fork([&] {
    guard.lock();
    guard.unlock();
  });
  EXPECT_TRUE(falls_asleep(child.pid()));
  guard.unlock();
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

TYPED_TEST(any_ipc_mutex, is_not_waited_for_after_a_stop) {
  const TypeParam guard;
  guard.lock();
  EXPECT_EQ(answer_of([&] {
              std::stop_source stop;
              stop.request_stop();
              return guard.lock(stop.get_token());
            }),
            0);
  if (under_thread_sanitizer) return;  // It starts no threads after a fork.
  EXPECT_EQ(answer_of([&] {
              std::stop_source stop;
              const thread asks("asks", [&] {
                static_cast<void>(falls_asleep(getpid()));
                stop.request_stop();
              });
              return guard.lock(stop.get_token());
            }),
            0);
  guard.unlock();
}

TYPED_TEST(any_ipc_mutex, can_be_sent) {
  const TypeParam guard;
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    const auto got = end.template recv<TypeParam>();
    end.send(got.try_lock());
    const std::lock_guard lock(got);
  });
  guard.lock();
  mine.send(guard);
  EXPECT_FALSE(mine.template recv<bool>());
  guard.unlock();
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

TYPED_TEST(any_ipc_mutex, tells_of_an_owner_that_died) {
  const TypeParam guard;
  auto [mine, other] = pipe();
  process owner = process::fork([&] {
    guard.lock();
    other.send(true);
    for (;;) ::pause();
  });
  static_cast<void>(mine.recv<bool>());
  process waits = process::fork([&] {
    try {
      guard.lock();
    } catch (const owner_died& error) {
      return error.pid() == owner.pid() ? 7 : 8;
    }
    return 9;
  });
  EXPECT_TRUE(falls_asleep(waits.pid()));
  owner.kill();  // Not waited for yet: it is a zombie.
  waits.join();
  EXPECT_EQ(waits.status()->code(), 7);
  owner.join();
  EXPECT_THROW(guard.lock(), owner_died);
  EXPECT_THROW(static_cast<void>(guard.try_lock()), owner_died);
  EXPECT_THROW(static_cast<void>(guard.try_lock_for(1ms)), owner_died);
  EXPECT_THROW(guard.unlock(), std::system_error);
}

// Also those who never wait.
TYPED_TEST(any_ipc_mutex, tells_who_only_tries_of_an_owner_that_died) {
  const TypeParam guard;
  EXPECT_FALSE(answer_of([&] {
    guard.lock();
    return answer_of([&] { return guard.try_lock(); });
  })) << "it looks, and the owner lives";
  const auto dies = [&] {
    while (!guard.try_lock()) {
    }
  };
  EXPECT_THROW(dies(), owner_died);
}

TYPED_TEST(any_ipc_mutex, is_recovered_once) {
  const TypeParam guard;
  run_and_die([&] { guard.lock(); });
  EXPECT_THROW(guard.lock(), owner_died);
  EXPECT_TRUE(guard.recover());
  EXPECT_FALSE(answer_of([&] { return guard.try_lock(); })) << "it is held";
  guard.unlock();
  EXPECT_FALSE(guard.recover()) << "there is nothing to mend";
  guard.unlock();
  guard.lock();
  guard.unlock();
}

// Nobody has noticed the death before.
TYPED_TEST(any_ipc_mutex, is_recovered_at_once) {
  const TypeParam guard;
  run_and_die([&] { guard.lock(); });
  EXPECT_TRUE(guard.recover());
  guard.unlock();
}

TYPED_TEST(any_ipc_mutex, is_not_held_by_a_child) {
  const TypeParam guard;
  guard.lock();
  EXPECT_EQ(answer_of([&] {
              try {
                guard.unlock();
              } catch (const std::system_error& error) {
                return error.code() == std::errc::operation_not_permitted ? 5 : 6;
              }
              return 7;
            }),
            5);
  guard.unlock();
  EXPECT_THROW(guard.unlock(), std::system_error);
}

TYPED_TEST(any_ipc_mutex, works_with_guards) {
  TypeParam guard;
  {
    par::unique_lock lock(guard, std::try_to_lock);
    EXPECT_TRUE(lock.owns_lock());
  }
  const std::scoped_lock lock(guard);
}

TEST(ipc_recursive_mutex, has_levels) {
  const recursive_mutex guard;
  EXPECT_EQ(guard.levels(), 0);
  guard.lock();
  EXPECT_TRUE(guard.try_lock());
  EXPECT_TRUE(guard.try_lock_for(1ms));
  EXPECT_FALSE(guard.recover());
  EXPECT_EQ(guard.levels(), 4);
  EXPECT_EQ(answer_of([&] { return guard.levels(); }), 0);
  EXPECT_EQ(guard.unlock_all(), 4);
  EXPECT_TRUE(answer_of([&] {
    guard.lock_all(3);
    return guard.levels() == 3 && guard.unlock_all() == 3;
  }));
  EXPECT_THROW(guard.unlock_all(), std::system_error);
}

TEST(ipc_recursive_mutex, belongs_to_one_thread) {
  const recursive_mutex guard;
  guard.lock();
  thread("other", [&] {
    EXPECT_FALSE(guard.try_lock());
    EXPECT_THROW(guard.unlock(), std::system_error);
  }).join();
  guard.unlock();
}

TEST(ipc_mutex, is_not_taken_for_something_else) {
  parcel sent = encode(ipc::mutex());
  EXPECT_THROW(static_cast<void>(decode<recursive_mutex>(sent)), codec_error);
  parcel plain = encode(std::pair(std::uint64_t{0}, shared_memory(1)));
  EXPECT_THROW(static_cast<void>(decode<ipc::mutex>(plain)), codec_error);
}

}  // namespace
}  // namespace par::ipc
