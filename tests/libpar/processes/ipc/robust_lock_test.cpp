#include "../../../../libpar/src/processes/ipc/robust_lock.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include <new>
#include <random>
#include <system_error>
#include <vector>

#include "libpar/processes/ipc/asleep.h"
#include "par/processes/process.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using detail::left_by;
using detail::robust_lock;

// In memory that children have too.
template <class T>
class shared {
 public:
  shared()
      : at_(new(::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                       0)) T()) {}
  ~shared() { ::munmap(at_, sizeof(T)); }
  shared(const shared&) = delete;
  shared& operator=(const shared&) = delete;
  T* operator->() const { return at_; }
  T& operator*() const { return *at_; }

 private:
  T* at_;
};

// Takes the lock and keeps it until it is killed.
process holder(robust_lock& lock) {
  auto [mine, other] = pipe(false);
  process child = process::fork([&lock, &end = other] {
    static_cast<void>(lock.lock());
    end.send(1);
    for (;;) ::pause();
  });
  static_cast<void>(mine.recv<int>());
  return child;
}

void end(process& child) {
  child.kill();
  child.join();
}

TEST(robust_lock, excludes_other_processes) {
  struct counter {
    robust_lock lock;
    long value = 0;
  };
  const shared<counter> all;
  {
    std::vector<process> children;
    for (int i = 0; i < 4; ++i) {
      children.push_back(process::fork([&all] {
        for (int round = 0; round < 20'000; ++round) {
          if (all->lock.lock() != left_by::its_owner) return 1;
          ++all->value;
          all->lock.unlock();
        }
        return 0;
      }));
    }
    for (process& each : children) {
      each.join();
      EXPECT_TRUE(each.status()->ok());
    }
  }
  EXPECT_EQ(all->value, 80'000);
}

TEST(robust_lock, gives_up) {
  const shared<robust_lock> lock;
  process owner = holder(*lock);
  EXPECT_FALSE(lock->try_lock());
  EXPECT_FALSE(lock->lock_until(deadline::in(1ms)));
  EXPECT_FALSE(lock->lock_until(deadline::in(12ms))) << "longer than one sleep";
  end(owner);
}

TEST(robust_lock, tells_of_a_dead_owner_once_it_is_repaired) {
  const shared<robust_lock> lock;
  process first = holder(*lock);
  end(first);
  process second = holder(*lock);  // Is told, and dies too without having repaired anything.
  end(second);
  EXPECT_EQ(lock->try_lock(), left_by::a_dead_owner);
  lock->repaired();
  lock->unlock();
  EXPECT_EQ(lock->lock(), left_by::its_owner);
  lock->unlock();
}

TEST(robust_lock, not_repaired_is_lost) {
  const shared<robust_lock> lock;
  process owner = holder(*lock);
  end(owner);
  EXPECT_EQ(lock->lock(), left_by::a_dead_owner);
  lock->unlock();
  try {
    static_cast<void>(lock->lock());
    FAIL() << "locked";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::state_not_recoverable);
  }
}

TEST(robust_lock, wakes_who_waits_when_the_owner_dies) {
  const shared<robust_lock> lock;
  process owner = holder(*lock);
  process waiter = process::fork([&lock] { return lock->lock() == left_by::a_dead_owner ? 5 : 6; });
  wait_until_asleep(waiter.pid());
  end(owner);
  waiter.join();
  EXPECT_EQ(waiter.status()->code(), 5);
}

// Who waits may be killed just when the death of the owner has woken it, and it alone.
TEST(robust_lock, is_had_by_a_waiter_when_owner_and_another_waiter_die) {
  for (int round = 0; round < 50; ++round) {
    const shared<robust_lock> lock;
    process owner = holder(*lock);
    process first = process::fork([&lock] {
      static_cast<void>(lock->lock());
      for (;;) ::pause();
    });
    wait_until_asleep(first.pid());
    process second =
        process::fork([&lock] { return lock->lock() == left_by::a_dead_owner ? 5 : 6; });
    wait_until_asleep(second.pid());
    owner.kill();
    first.kill();
    second.join();
    EXPECT_EQ(second.status()->code(), 5);
  }
}

// Two numbers that are equal whenever nobody is between lock and unlock.
struct pair_of_equals {
  robust_lock lock;
  long first = 0;
  long second = 0;
};

void step(pair_of_equals& of) {
  if (of.lock.lock() == left_by::a_dead_owner) {
    of.second = of.first;
    of.lock.repaired();
  }
  if (of.first != of.second) std::abort();
  ++of.first;
  ++of.second;
  of.lock.unlock();
}

TEST(robust_lock, survives_kills_at_random) {
  const shared<pair_of_equals> all;
  const auto body = [&all] {
    for (;;) step(*all);
  };
  std::mt19937 random(7);
  std::vector<process> children;
  for (int i = 0; i < 3; ++i) children.push_back(process::fork(body));
  for (int round = 0; round < 100; ++round) {
    const long before = std::atomic_ref(all->second).load();
    while (std::atomic_ref(all->second).load() < before + static_cast<long>(random() % 100)) {
      sched_yield();
    }
    process& victim = children[random() % children.size()];
    end(victim);
    EXPECT_EQ(victim.status(), exit_status::killed(SIGKILL));
    victim = process::fork(body);
  }
  for (process& each : children) end(each);
  step(*all);
  EXPECT_EQ(all->first, all->second);
}

}  // namespace
}  // namespace par
