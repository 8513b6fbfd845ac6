#include "par/pools/thread.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <csignal>
#include <latch>
#include <string>

namespace {

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
  std::array<char, 16> name{};
  par::thread t("a-rather-long-thread-name",
                [&] { pthread_getname_np(pthread_self(), name.data(), name.size()); });
  t.join();
  EXPECT_FALSE(t.joinable());
  EXPECT_EQ(std::string(name.data()), "a-rather-long-t");
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

}  // namespace
