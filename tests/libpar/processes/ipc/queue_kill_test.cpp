// Participants of a queue are killed; the others go on, and no more than one item is lost with
// each.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>

#include "libpar/processes/ipc/asleep.h"
#include "libpar/processes/ipc/queue_kills.h"
#include "par/processes/ipc/joinable_queue.h"

namespace {

constexpr const char* steps_of_put[] = {"queue.put.locked", "queue.put.written", "queue.put.placed",
                                        "queue.put.counted"};
constexpr const char* steps_of_get[] = {"queue.get.locked", "queue.get.read", "queue.get.placed",
                                        "queue.get.counted"};

constexpr std::uint64_t more_than_come = std::uint64_t{1} << 26;  // In some seconds.

TEST(ipc_queue_kills, at_random_moments) {
  kills::fleet fleet(more_than_come);
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t victim = random() % kills::participants;
    fleet.kill(victim);
    if (round % 4 == 0) static_cast<void>(fleet.wait_for_others(kills::participants));
  }
  fleet.finish();
}

TEST(ipc_queue_kills, at_each_step) {
  kills::fleet fleet(more_than_come);
  for (int times = 1; times < 20; times += 9) {
    for (std::size_t i = 0; i < 4; ++i) {
      fleet.kill_at(i % kills::producers, steps_of_put[i], times);
      fleet.kill_at(kills::producers + i % kills::consumers, steps_of_get[i], times);
    }
    for (std::size_t i = 0; i < kills::participants; ++i) {
      fleet.kill_at(i, "queue.wait.announced", times);
    }
    static_cast<void>(fleet.wait_for_others(kills::participants));
  }
  fleet.finish();
}

// What it marks first tells who sleeps there, and those do what is left to be done.
TEST(ipc_queue_kills, of_one_that_closes_leaves_a_queue_open_or_closed) {
  using par::close_mode;
  using par::queue_errc;
  for (int marks = 1; marks <= 3; ++marks) {
    const par::ipc::joinable_queue<int> q(1);
    q.put(1);
    const auto refused = [](const auto& outcome) {
      return !outcome && outcome.error() == queue_errc::closed ? 0 : 1;
    };
    using namespace std::chrono_literals;
    par::process putter = par::process::fork([q, &refused] { return refused(q.put_for(2, 1h)); });
    wait_until_asleep(putter.pid());
    par::process joiner = par::process::fork([q] { q.join(); });
    wait_until_asleep(joiner.pid());
    par::process closer = par::process::fork([q, marks] {
      kills::die_at("queue.close.marked", marks);
      q.close(close_mode::immediate);
    });
    closer.join();
    EXPECT_EQ(closer.status(), par::exit_status::killed(SIGKILL));
    putter.join();
    EXPECT_EQ(putter.status()->code(), 0);
    joiner.join();
    EXPECT_TRUE(joiner.status()->ok());
    EXPECT_TRUE(q.closed());
    EXPECT_EQ(q.try_get().error(), queue_errc::closed);
  }
}

TEST(ipc_queue_kills, of_one_that_marks_items_as_done_keep_the_count) {
  for (const char* step : {"queue.task_done.locked", "queue.task_done.counted"}) {
    const par::ipc::joinable_queue<int> q;
    for (int i = 0; i < 3; ++i) q.put(i);
    par::process joiner = par::process::fork([q] { q.join(); });
    wait_until_asleep(joiner.pid());
    for (int i = 0; i < 3; ++i) {
      par::process marker = par::process::fork([q, step] {
        kills::die_at(step, 1);
        q.task_done();
      });
      marker.join();
      EXPECT_EQ(marker.status(), par::exit_status::killed(SIGKILL));
      if (step == std::string("queue.task_done.locked")) q.task_done();
    }
    joiner.join();
    EXPECT_TRUE(joiner.status()->ok());
    EXPECT_THROW(q.task_done(), std::logic_error);
  }
}

// It loses what it had taken; join waits for that until somebody marks it in its stead.
TEST(ipc_queue_kills, of_one_that_has_an_item_leave_it_unfinished) {
  const par::ipc::joinable_queue<int> q;
  q.put(1);
  par::process worker = par::process::fork([q] {
    kills::die_at("queue.get.counted", 1);
    static_cast<void>(q.get());
  });
  worker.join();
  EXPECT_TRUE(q.empty());
  EXPECT_FALSE(q.try_join());
  q.task_done();
  EXPECT_TRUE(q.try_join());
}

// A kill wakes all that a wake-up of the dead one was meant for.
TEST(ipc_queue_kills, of_sleepers_leave_the_item_to_another) {
  for (int round = 0; round < 30; ++round) {
    const par::ipc::queue<int> q;
    std::vector<par::process> sleepers;
    for (int i = 0; i < 3; ++i) {
      sleepers.push_back(par::process::fork([q] { return q.get(); }));
      wait_until_asleep(sleepers.back().pid());
    }
    q.put(7);
    sleepers[0].kill();
    sleepers[1].kill();
    q.put(7);
    q.put(7);  // Two may have been lost with the two that were killed.
    sleepers[2].join();
    EXPECT_EQ(sleepers[2].status()->code(), 7);
  }
}

}  // namespace
