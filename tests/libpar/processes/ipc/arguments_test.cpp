// Locks, values and memory as arguments of processes.
#include <gtest/gtest.h>

#include <csignal>
#include <mutex>

#include "libpar/processes/start_methods.h"
#include "par/processes/ipc/barrier.h"
#include "par/processes/ipc/condition_variable.h"
#include "par/processes/ipc/event.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/ipc/semaphore.h"
#include "par/processes/shared_memory.h"
#include "par/processes/shared_value.h"

namespace par {
namespace {

int use_all(const ipc::mutex& guard, const ipc::condition_variable& ready,
            const ipc::semaphore& permits, const ipc::event& flag, const ipc::barrier& gate,
            const shared_value<int>& value, const shared_memory& memory) {
  permits.acquire();
  flag.wait();
  gate.wait();
  const std::lock_guard lock(guard);
  value.set(7);
  memory.data()[0] = std::byte{8};
  ready.notify_one();
  return 9;
}

class shared_handles : public started_by {};

INSTANTIATE_TEST_SUITE_P(each, shared_handles, each_start_method(), name_of_case);

TEST_P(shared_handles, are_arguments_of_processes) {
  const ipc::mutex guard;
  const ipc::condition_variable ready;
  const ipc::semaphore permits(0);
  const ipc::event flag;
  const ipc::barrier gate(2);
  const shared_value<int> value;
  const shared_memory memory(1);
  std::unique_lock lock(guard);
  process child(with(), bound<&use_all>(guard, ready, permits, flag, gate, value, memory));
  permits.release();
  flag.set();
  gate.wait();
  ready.wait(lock, [&] { return value.get() == 7; });
  EXPECT_EQ(memory.data()[0], std::byte{8});
  lock.unlock();
  child.join();
  EXPECT_EQ(child.status()->code(), 9);
}

void abandon(const ipc::mutex& guard) {
  guard.lock();
  std::raise(SIGKILL);
}

TEST_P(shared_handles, tell_of_a_death_however_it_was_started) {
  const ipc::mutex guard;
  process child(with(), bound<&abandon>(guard));
  child.join();
  try {
    guard.lock();
    FAIL() << "nothing thrown";
  } catch (const ipc::owner_died& dead) {
    EXPECT_EQ(dead.pid(), child.pid());
  }
}

}  // namespace
}  // namespace par
