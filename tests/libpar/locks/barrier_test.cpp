#include "par/locks/barrier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;
using result = par::expected<std::size_t, par::barrier_errc>;

struct wait_form {
  const char* name;
  std::function<result(par::barrier&)> wait;
};

const wait_form patient_forms[] = {
    {"forever", [](par::barrier& b) -> result { return b.wait(); }},
    {"for", [](par::barrier& b) { return b.wait_for(60s); }},
    {"until", [](par::barrier& b) { return b.wait_until(std::chrono::system_clock::now() + 60s); }},
    {"stop", [](par::barrier& b) { return b.wait(std::stop_source().get_token()); }},
};

void wait_for_waiters(const par::barrier& b, std::size_t count) {
  while (b.waiting() != count) std::this_thread::yield();
}

// One that waits elsewhere; its result can be asked for once it is over.
class guest {
 public:
  explicit guest(std::function<result()> wait)
      : thread_("guest", [this, wait = std::move(wait)] { result_ = wait(); }) {}
  result get() {
    thread_.join();
    return *result_;
  }

 private:
  std::optional<result> result_;
  par::thread thread_;
};

TEST(barrier, each_round_gives_each_thread_another_index) {
  constexpr std::size_t parties = 4, rounds = 500;
  for (const wait_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::barrier b(parties);
    std::vector<std::vector<std::size_t>> indices(parties);
    {
      std::vector<par::thread> team;
      for (auto& mine : indices) {
        team.emplace_back("party", [&] {
          for (std::size_t i = 0; i < rounds; ++i) mine.push_back(form.wait(b).value());
        });
      }
    }
    for (std::size_t i = 0; i < rounds; ++i) {
      std::vector<bool> taken(parties);
      for (const auto& each : indices) taken.at(each.at(i)) = true;
      EXPECT_EQ(std::count(taken.begin(), taken.end(), true), parties) << "round " << i;
    }
  }
}

TEST(barrier, nobody_passes_before_all_have_come_and_the_action_has_run) {
  constexpr int parties = 3, rounds = 500;
  std::atomic<int> coming = 0, wrong = 0;
  int counted = 0;  // By the action; the barrier keeps its readers and writer apart.
  par::barrier counting(parties, [&] { counted = coming; });
  par::barrier reading(parties);
  {
    std::vector<par::thread> team;
    for (int i = 0; i < parties; ++i) {
      team.emplace_back("party", [&] {
        for (int n = 1; n <= rounds; ++n) {
          ++coming;
          counting.wait();
          if (counted != n * parties) ++wrong;
          reading.wait();
        }
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(barrier, for_one_never_waits) {
  par::barrier b(1);
  EXPECT_EQ(b.wait(), 0U);
  EXPECT_EQ(b.try_wait(), 0U);
  EXPECT_EQ(b.wait_for(0s), 0U);
  EXPECT_THROW(par::barrier(0), std::invalid_argument);
}

TEST(barrier, try_wait_passes_only_if_it_is_the_last) {
  par::barrier b(2);
  EXPECT_EQ(b.try_wait(), par::unexpected(par::barrier_errc::incomplete));
  EXPECT_EQ(b.waiting(), 0U);
  EXPECT_FALSE(b.broken());
  guest other([&] { return b.wait(); });
  wait_for_waiters(b, 1);
  EXPECT_EQ(b.try_wait(), 1U);
  EXPECT_EQ(other.get(), 0U);
}

TEST(barrier, a_time_out_breaks_it_for_all) {
  par::barrier b(3);
  guest other([&]() -> result { return b.wait_for(60s); });
  wait_for_waiters(b, 1);
  EXPECT_EQ(b.wait_for(1ms), par::unexpected(par::barrier_errc::timeout));
  EXPECT_EQ(other.get(), par::unexpected(par::barrier_errc::broken));
  EXPECT_TRUE(b.broken());
  EXPECT_EQ(b.waiting(), 0U);
  EXPECT_THROW(b.wait(), par::broken_barrier);
  EXPECT_EQ(b.try_wait(), par::unexpected(par::barrier_errc::broken));
}

TEST(barrier, a_stop_breaks_it_for_all) {
  par::barrier b(3);
  std::stop_source stop;
  guest stopped([&] { return b.wait(stop.get_token()); });
  guest other([&] { return b.wait_for(60s); });
  wait_for_waiters(b, 2);
  stop.request_stop();
  EXPECT_EQ(stopped.get(), par::unexpected(par::barrier_errc::stopped));
  EXPECT_EQ(other.get(), par::unexpected(par::barrier_errc::broken));
  EXPECT_TRUE(b.broken());
}

TEST(barrier, plain_wait_throws_when_it_breaks) {
  par::barrier b(2);
  bool threw = false;
  {
    const par::thread other("wait", [&] {
      try {
        b.wait();
      } catch (const par::broken_barrier&) {
        threw = true;
      }
    });
    wait_for_waiters(b, 1);
    b.abort();
  }
  EXPECT_TRUE(threw);
  EXPECT_TRUE(b.broken());
}

TEST(barrier, reset_sends_the_waiting_away_and_mends_it) {
  par::barrier b(2);
  guest sent_away([&] { return b.wait_for(60s); });
  wait_for_waiters(b, 1);
  b.reset();
  EXPECT_EQ(sent_away.get(), par::unexpected(par::barrier_errc::broken));
  b.abort();
  b.reset();
  EXPECT_FALSE(b.broken());
  guest other([&]() -> result { return b.wait(); });
  wait_for_waiters(b, 1);
  EXPECT_EQ(b.wait(), 1U);
  EXPECT_EQ(other.get(), 0U);
}

TEST(barrier, an_action_that_throws_breaks_it) {
  par::barrier b(2, [] { throw std::logic_error("action"); });
  guest other([&] { return b.wait_for(60s); });
  wait_for_waiters(b, 1);
  EXPECT_THROW(b.wait(), std::logic_error);
  EXPECT_EQ(other.get(), par::unexpected(par::barrier_errc::broken));
  EXPECT_TRUE(b.broken());
}

// Decided is decided: the other's time is up long before the action ends.
TEST(barrier, a_round_whose_last_thread_has_come_cannot_be_broken) {
  par::barrier* self = nullptr;
  par::barrier b(2, [&] { self->abort(); });
  self = &b;
  guest other([&] { return b.wait_for(60s); });
  wait_for_waiters(b, 1);
  EXPECT_EQ(b.wait(), 1U);
  EXPECT_EQ(other.get(), 0U);
  EXPECT_TRUE(b.broken());
}

TEST(barrier, may_go_as_soon_as_a_thread_has_passed) {
  for (int i = 0; i < 2'000; ++i) {
    auto b = std::make_unique<par::barrier>(2);
    const par::thread other("wait", [raw = b.get()] { raw->wait(); });
    b->wait();
    b.reset();  // The other may still be on its way back: address sanitizers watch it.
  }
}

}  // namespace
