#include "par/processes/ipc/barrier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "victims.h"

namespace par::ipc {
namespace {

using namespace std::chrono_literals;

constexpr int was_broken = 100;
constexpr int timed_out = 101;
constexpr int was_stopped = 102;

int answer(expected<std::size_t, barrier_errc> waited) {
  if (waited) return static_cast<int>(*waited);
  if (waited.error() == barrier_errc::timeout) return timed_out;
  return waited.error() == barrier_errc::stopped ? was_stopped : was_broken;
}

std::vector<process> waiting_at(const barrier& gate, std::size_t count) {
  std::vector<process> all;
  for (std::size_t i = 1; i <= count; ++i) {
    fork_into(all, [&] { return answer(gate.wait_for(1h)); });
    EXPECT_TRUE(soon([&] { return gate.waiting() == i; }));
  }
  return all;
}

std::vector<int> answers_of(std::vector<process>& all) {
  std::vector<int> answers;
  for (process& each : all) {
    each.join();
    answers.push_back(each.status()->code().value_or(-1));
  }
  return answers;
}

TEST(ipc_barrier, lets_all_pass_with_their_places) {
  const barrier gate(4);
  EXPECT_EQ(gate.parties(), 4);
  auto others = waiting_at(gate, 3);
  EXPECT_EQ(gate.wait(), 3);
  EXPECT_THAT(answers_of(others), testing::ElementsAre(0, 1, 2));
  EXPECT_EQ(gate.waiting(), 0);
}

// Nobody is a round ahead of another by more than one.
TEST(ipc_barrier, is_passed_again_and_again) {
  const barrier gate(3);
  const numbers shared(3);
  std::vector<process> all;
  for (std::size_t i = 0; i < 3; ++i) {
    fork_into(all, [&, i] {
      for (std::uint64_t round = 1; round <= 200; ++round) {
        shared[i] = round;
        gate.wait();
        for (std::size_t other = 0; other < 3; ++other) {
          if (shared[other] < round || shared[other] > round + 1) return 1;
        }
      }
      return 0;
    });
  }
  EXPECT_THAT(answers_of(all), testing::Each(0));
}

number* ran = nullptr;

TEST(ipc_barrier, runs_its_action_once_a_round) {
  const numbers shared(1);
  ran = &shared[0];
  const barrier gate(3, [] { ran->fetch_add(1); });
  for (std::uint64_t round = 1; round <= 3; ++round) {
    auto others = waiting_at(gate, 2);
    EXPECT_EQ(shared[0], round - 1);
    gate.wait();
    EXPECT_EQ(shared[0], round);
    answers_of(others);
  }
}

TEST(ipc_barrier, breaks_when_its_action_throws) {
  const barrier gate(2, [] { throw std::domain_error("no"); });
  auto others = waiting_at(gate, 1);
  EXPECT_THROW(gate.wait(), std::domain_error);
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
  EXPECT_TRUE(gate.broken());
}

TEST(ipc_barrier, breaks_by_abort_until_reset) {
  const barrier gate(3);
  auto others = waiting_at(gate, 2);
  gate.abort();
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
  EXPECT_THROW(gate.wait(), broken_barrier);
  EXPECT_EQ(gate.try_wait(), unexpected(barrier_errc::broken));
  gate.reset();
  EXPECT_FALSE(gate.broken());
  others = waiting_at(gate, 2);
  EXPECT_EQ(gate.wait(), 2);
  EXPECT_THAT(answers_of(others), testing::ElementsAre(0, 1));
}

TEST(ipc_barrier, fails_those_who_wait_at_a_reset) {
  const barrier gate(3);
  auto others = waiting_at(gate, 2);
  gate.reset();
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
  EXPECT_FALSE(gate.broken());
}

TEST(ipc_barrier, breaks_by_time_and_stop) {
  const barrier gate(3);
  auto others = waiting_at(gate, 1);
  EXPECT_EQ(answer(gate.wait_for(1ms)), timed_out);
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
  gate.reset();
  others = waiting_at(gate, 1);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(answer(gate.wait(stop.get_token())), was_stopped);
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
}

TEST(ipc_barrier, is_tried) {
  const barrier gate(2);
  EXPECT_EQ(gate.try_wait(), unexpected(barrier_errc::incomplete));
  auto others = waiting_at(gate, 1);
  EXPECT_EQ(gate.try_wait(), 1);
  EXPECT_THAT(answers_of(others), testing::Each(0));
}

TEST(ipc_barrier, breaks_when_one_who_waits_dies) {
  const barrier gate(4);
  auto others = waiting_at(gate, 3);
  others[1].kill();  // Nobody calls anything: those who wait notice.
  EXPECT_THAT(answers_of(others), testing::ElementsAre(was_broken, -1, was_broken));
  EXPECT_TRUE(gate.broken());
  gate.reset();
  others = waiting_at(gate, 3);
  EXPECT_EQ(gate.wait(), 3);
  EXPECT_THAT(answers_of(others), testing::ElementsAre(0, 1, 2));
}

TEST(ipc_barrier, breaks_when_the_one_who_acts_dies) {
  const barrier gate(3, [] { std::raise(SIGKILL); });
  auto others = waiting_at(gate, 2);
  process last = process::fork([&] { gate.wait(); });
  EXPECT_THAT(answers_of(others), testing::Each(was_broken));
  last.join();
  EXPECT_EQ(last.status()->signal(), SIGKILL);
}

// At each step of the last one's way; the others pass all or none.
TEST(ipc_barrier, is_decided_for_all_or_none_when_one_is_killed) {
  for (const char* const step :
       {"barrier.wait.claimed", "barrier.wait.enlisted", "barrier.complete.acting",
        "barrier.complete.done", "barrier.complete.woken", "owner_lock.unlock.before_wake"}) {
    SCOPED_TRACE(step);
    const barrier gate(3);
    auto others = waiting_at(gate, 2);
    process last = process::fork([&] {
      die_at(step);
      gate.wait();
    });
    last.join();
    EXPECT_EQ(last.status()->signal(), SIGKILL);
    if (std::string_view(step) == "barrier.wait.claimed") gate.abort();  // It had not come.
    const auto answers = answers_of(others);
    const bool passed = answers[0] == 0;
    EXPECT_EQ(answers, passed ? std::vector({0, 1}) : std::vector({was_broken, was_broken}));
    EXPECT_EQ(passed, std::string_view(step).starts_with("barrier.complete.do") ||
                          std::string_view(step).starts_with("barrier.complete.w"));
    gate.reset();
    others = waiting_at(gate, 2);
    EXPECT_EQ(gate.wait(), 2);
    EXPECT_THAT(answers_of(others), testing::ElementsAre(0, 1));
  }
}

void count_run() {
  ran->fetch_add(1);
}

TEST(ipc_barrier, can_be_sent) {
  const numbers shared(1);
  ran = &shared[0];
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    const auto got = end.recv<barrier>();
    got.wait();
    got.wait();
  });
  const barrier gate(2, count_run);
  mine.send(gate);
  gate.wait();
  gate.wait();
  EXPECT_EQ(shared[0], 2);
  EXPECT_THROW(barrier().wait(), std::logic_error);
  EXPECT_THROW(barrier(0), std::invalid_argument);
}

}  // namespace
}  // namespace par::ipc
