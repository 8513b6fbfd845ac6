// Two threads that lock two mutexes in opposite order, and three cures.
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <mutex>
#include <string>

#include "par/locks/barrier.h"
#include "par/locks/mutex.h"
#include "par/locks/recursive_mutex.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;

// Two accounts, each with its lock.
struct account {
  par::mutex guard;
  int balance = 100;
};

// Runs both transfers at the same time.
void both(const std::function<void()>& first, const std::function<void()>& second) {
  const par::thread one("one", first);
  const par::thread other("other", second);
}

// Each holds one lock until both have tried the other: with lock() in place of try_lock_for() they
// would wait for ever.
std::string deadlock() {
  account a, b;
  par::barrier together(2);
  std::atomic<int> stuck = 0;
  const auto transfer = [&](account& from, account& to) {
    const std::lock_guard mine(from.guard);
    together.wait();
    if (to.guard.try_lock_for(20ms)) {
      to.guard.unlock();
    } else {
      ++stuck;
    }
    together.wait();
  };
  both([&] { transfer(a, b); }, [&] { transfer(b, a); });
  return std::to_string(stuck) + " of 2 are stuck";
}

std::string sum(const account& a, const account& b) {
  return "both done, " + std::to_string(a.balance) + " and " + std::to_string(b.balance);
}

// Whatever the direction, the lock with the lower address is taken first.
std::string cure_by_order() {
  account a, b;
  const auto transfer = [](account& from, account& to, int amount) {
    const bool in_order = std::less<>()(&from, &to);
    const std::lock_guard first(in_order ? from.guard : to.guard);
    const std::lock_guard second(in_order ? to.guard : from.guard);
    from.balance -= amount;
    to.balance += amount;
  };
  both([&] { transfer(a, b, 30); }, [&] { transfer(b, a, 10); });
  return sum(a, b);
}

// Who waits too long gives back what it has and begins again; the two are not equally patient.
std::string cure_by_time() {
  account a, b;
  par::barrier together(2);
  const auto transfer = [&](account& from, account& to, int amount, auto patience) {
    bool first_try = true;
    for (;;) {
      const std::lock_guard mine(from.guard);
      if (first_try) together.wait();  // So that they do collide.
      first_try = false;
      const std::unique_lock yours(to.guard, patience);
      if (!yours) continue;
      from.balance -= amount;
      to.balance += amount;
      return;
    }
  };
  both([&] { transfer(a, b, 30, 1ms); }, [&] { transfer(b, a, 10, 20ms); });
  return sum(a, b);
}

// One lock for both accounts; recursive, so that a locked step can be part of another.
std::string cure_by_one_lock() {
  account a, b;
  par::recursive_mutex guard;
  const auto change = [&](account& which, int by) {
    const std::lock_guard lock(guard);
    which.balance += by;
  };
  const auto transfer = [&](account& from, account& to, int amount) {
    const std::lock_guard lock(guard);
    change(from, -amount);
    change(to, amount);
  };
  both([&] { transfer(a, b, 30); }, [&] { transfer(b, a, 10); });
  return sum(a, b);
}

}  // namespace

int main() {
  std::cout << "opposite order: " << deadlock() << '\n'
            << "same order: " << cure_by_order() << '\n'
            << "time limit: " << cure_by_time() << '\n'
            << "one recursive mutex: " << cure_by_one_lock() << '\n';
}
