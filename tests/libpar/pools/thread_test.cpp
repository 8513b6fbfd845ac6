#include "par/pools/thread.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>

#include <array>
#include <chrono>
#include <csignal>
#include <latch>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "par/locks/event.h"

namespace {

using namespace std::chrono_literals;

std::string name_in_system() {
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  return name.data();
}

TEST(thread, is_joined_when_it_goes) {
  bool ran = false;
  {
    const par::thread t("x", [&] { ran = true; });
  }
  EXPECT_TRUE(ran);
}

TEST(thread, is_asked_to_stop_when_it_goes) {
  std::latch stopped(1);
  {
    const par::thread t("x", [&](const std::stop_token& stop) {
      const std::stop_callback told(stop, [&] { stopped.count_down(); });
      stopped.wait();
    });
  }
  EXPECT_TRUE(stopped.try_wait());
}

TEST(thread, has_its_name_cut_to_what_linux_keeps) {
  std::string shown;
  par::thread t("a-rather-long-thread-name", [&] { shown = name_in_system(); });
  t.join();
  EXPECT_FALSE(t.joinable());
  EXPECT_EQ(shown, "a-rather-long-t");
  EXPECT_EQ(t.handle().name(), "a-rather-long-thread-name");
}

TEST(thread, leaves_signals_to_the_programs_own_threads) {
  sigset_t inside, before, after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    const par::thread t("x", [&] { pthread_sigmask(SIG_SETMASK, nullptr, &inside); });
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (const int blocked : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGWINCH, SIGPIPE}) {
    EXPECT_EQ(sigismember(&inside, blocked), 1) << blocked;
  }
  EXPECT_EQ(sigismember(&inside, SIGSEGV), 0);
  EXPECT_EQ(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

struct runner {
  int& runs;
  void run() { ++runs; }
};

struct stoppable_runner {
  int& runs;
  void run(const std::stop_token& stop) { runs += stop.stop_possible() ? 1 : 0; }
};

TEST(thread, runs_functions_and_objects) {
  int runs = 0;
  par::thread("f", [&] { ++runs; }).join();
  par::thread("f(stop)", [&](const std::stop_token&) { ++runs; }).join();
  par::thread("object", runner{runs}).join();
  par::thread("object(stop)", stoppable_runner{runs}).join();
  par::thread([&] { ++runs; }).join();
  EXPECT_EQ(runs, 5);
}

TEST(thread, is_numbered_if_it_is_not_named) {
  std::string first, second;
  par::thread([&] { first = par::thread::current().name(); }).join();
  par::thread(par::thread_options{}, [&] { second = name_in_system(); }).join();
  ASSERT_EQ(first.rfind("Thread-", 0), 0U) << first;
  EXPECT_EQ(second, "Thread-" + std::to_string(std::stoi(first.substr(7)) + 1));
}

TEST(thread, starts_when_told_and_once_only) {
  bool ran = false;
  par::thread t({.name = "later", .deferred = true}, [&] { ran = true; });
  EXPECT_FALSE(t.joinable());
  EXPECT_FALSE(t.handle().is_alive());
  EXPECT_EQ(t.handle().native_id(), 0);
  EXPECT_THROW(t.join(), std::system_error);
  EXPECT_TRUE(t.handle().wait_for(0s)) << "what does not run has nothing to wait for";
  t.start();
  EXPECT_THROW(t.start(), std::logic_error);
  t.join();
  EXPECT_TRUE(ran);
  EXPECT_THROW(t.start(), std::logic_error);
  EXPECT_THROW(par::thread().start(), std::logic_error);
}

TEST(thread, that_was_never_started_goes_quietly) {
  const auto owned = std::make_shared<int>();
  {
    const par::thread t({.deferred = true}, [owned] {});
    EXPECT_EQ(owned.use_count(), 2);
  }
  EXPECT_EQ(owned.use_count(), 1);
}

TEST(thread, join_can_be_timed_and_stopped) {
  par::event go_on;
  par::thread t("waits", [&] { go_on.wait(); });
  EXPECT_FALSE(t.join_for(1ms));
  EXPECT_FALSE(t.join_until(std::chrono::system_clock::now()));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(t.join(stop.get_token()));
  EXPECT_TRUE(t.joinable());
  go_on.set();
  EXPECT_TRUE(t.join_for(60s));
  EXPECT_FALSE(t.joinable());
}

TEST(thread, misuse_of_join_throws) {
  par::thread nothing;
  EXPECT_THROW(nothing.join(), std::system_error);
  EXPECT_THROW(nothing.detach(), std::system_error);
  EXPECT_THROW(static_cast<void>(nothing.handle()), std::logic_error);
  par::thread t("x", [] {});
  t.join();
  EXPECT_THROW(t.join(), std::system_error);
  EXPECT_THROW(static_cast<void>(t.join_for(1s)), std::system_error);

  std::error_code code;
  par::event ready, tried;
  par::thread self;
  self = par::thread("self", [&] {
    ready.wait();
    try {
      self.join();
    } catch (const std::system_error& e) {
      code = e.code();
    }
    tried.set();
  });
  ready.set();
  tried.wait();
  self.join();
  EXPECT_EQ(code, std::errc::resource_deadlock_would_occur);
}

TEST(thread, replaced_is_stopped_and_joined) {
  bool stopped = false;
  par::thread t("first", [&](const std::stop_token& stop) {
    par::event never;
    stopped = !never.wait(stop);
  });
  t = par::thread("second", [] {});
  EXPECT_TRUE(stopped);
  const par::thread moved = std::move(t);
  EXPECT_TRUE(moved.joinable());
  EXPECT_FALSE(t.joinable());  // NOLINT(bugprone-use-after-move): that it is empty is promised.
}

TEST(thread, runs_only_on_the_processors_asked_for) {
  cpu_set_t allowed, seen;
  ASSERT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) continue;
    CPU_ZERO(&seen);
    par::thread({.cpus = {cpu}}, [&] { sched_getaffinity(0, sizeof seen, &seen); }).join();
    EXPECT_EQ(CPU_COUNT(&seen), 1);
    EXPECT_TRUE(CPU_ISSET(static_cast<std::size_t>(cpu), &seen));
  }
}

TEST(thread, that_cannot_be_had_as_asked_throws) {
  const auto nothing = [] {};
  const std::size_t before = par::thread::active_count();
  EXPECT_THROW(par::thread({.cpus = {-1}}, nothing), std::system_error);
  EXPECT_THROW(par::thread({.cpus = {CPU_SETSIZE}}, nothing), std::system_error);
  EXPECT_THROW(par::thread({.cpus = {CPU_SETSIZE - 1}}, nothing), std::system_error);
  EXPECT_THROW(par::thread({.stack_size = 1}, nothing), std::system_error);
  EXPECT_EQ(par::thread::active_count(), before);
}

TEST(thread, has_the_stack_it_was_given) {
  constexpr std::size_t size = std::size_t{1} << 20;
  std::size_t seen = 0;
  par::thread({.stack_size = size}, [&] {
    pthread_attr_t attributes;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstacksize(&attributes, &seen);
    pthread_attr_destroy(&attributes);
  }).join();
  EXPECT_GE(seen, size);
  EXPECT_LT(seen, 4 * size);
}

TEST(thread, destroys_what_it_captured_before_it_ends) {
  auto owned = std::make_shared<int>();
  par::thread t("x", [copy = owned] {});
  const par::thread_handle handle = t.handle();
  handle.wait();
  EXPECT_EQ(owned.use_count(), 1);
}

}  // namespace
