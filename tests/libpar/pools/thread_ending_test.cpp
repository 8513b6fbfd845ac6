// How threads end: daemons and others at exit, by exception, and in the child of a fork.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "par/locks/event.h"
#include "par/pools/thread.h"
#include "par/pools/thread_exception_hook.h"

namespace {

// Up when the process is on its way out: a handler that is registered last runs first.
par::event& leaving() {
  static auto& event = *new par::event;
  return event;
}

void leave() {
  std::atexit([] { leaving().set(); });
  std::exit(0);  // NOLINT(concurrency-mt-unsafe): what is tested.
}

void say(const char* what) {
  std::fputs(what, stderr);
}

TEST(thread_at_exit, a_detached_thread_is_waited_for) {
  EXPECT_EXIT(
      {
        par::thread t("x", [] {
          leaving().wait();
          say("finished");
        });
        t.detach();
        leave();
      },
      testing::ExitedWithCode(0), "finished");
}

TEST(thread_at_exit, a_daemon_is_left) {
  EXPECT_EXIT(
      {
        auto& never = *new par::event;
        par::thread t({.daemon = true}, [&never] { never.wait(); });
        t.detach();
        leave();
      },
      testing::ExitedWithCode(0), "");
}

TEST(thread_at_exit, a_detached_thread_may_itself_exit) {
  EXPECT_EXIT(
      {
        par::thread t("x", [] { leave(); });
        t.detach();
        leaving().wait();
        for (;;) pause();
      },
      testing::ExitedWithCode(0), "");
}

TEST(thread_daemon, is_asked_to_stop_and_let_go_by_its_owner) {
  auto stopped = std::make_shared<par::event>();
  auto go_on = std::make_shared<par::event>();
  std::vector<par::thread_handle> handles;
  {
    par::thread t({.name = "daemon", .daemon = true}, [=](const std::stop_token& stop) {
      const std::stop_callback tell(stop, [&] { stopped->set(); });
      go_on->wait();
    });
    handles.push_back(t.handle());
    EXPECT_TRUE(t.handle().daemon());
  }
  EXPECT_TRUE(stopped->wait_for(std::chrono::seconds(60)));
  EXPECT_TRUE(handles[0].is_alive());
  go_on->set();
  handles[0].wait();
}

TEST(thread_daemon, is_inherited_and_can_be_set_until_the_start) {
  bool inherited = false, overridden = true, short_form = true;
  par::thread t({.daemon = true, .deferred = true}, [&] {
    par::thread child([&] { inherited = par::thread::current().daemon(); });
    child.join();
    par::thread({.daemon = false}, [&] { overridden = par::thread::current().daemon(); }).join();
    par::thread("owned", [&] { short_form = par::thread::current().daemon(); }).join();
  });
  t.set_daemon(false);
  EXPECT_FALSE(t.handle().daemon());
  t.set_daemon(true);
  t.start();
  EXPECT_THROW(t.set_daemon(false), std::logic_error);
  t.join();
  EXPECT_TRUE(inherited);
  EXPECT_FALSE(overridden);
  EXPECT_FALSE(short_form);
}

TEST(thread_exception, without_a_hook_ends_the_process) {
  EXPECT_DEATH(par::thread("x", [] { throw std::runtime_error("thrown in a thread"); }).join(),
               "thrown in a thread");
}

// Sets a hook for the time of a test.
class hooked {
 public:
  explicit hooked(par::thread_exception_hook hook)
      : before_(par::set_thread_exception_hook(std::move(hook))) {}
  ~hooked() { par::set_thread_exception_hook(before_); }
  hooked(const hooked&) = delete;
  hooked& operator=(const hooked&) = delete;

  [[nodiscard]] bool was_first() const { return !before_; }

 private:
  par::thread_exception_hook before_;
};

TEST(thread_exception, goes_to_the_hook) {
  std::string thrower, what;
  const hooked with([&](const par::thread_handle& thread, const std::exception_ptr& thrown) {
    thrower = thread.name();
    EXPECT_EQ(thread, par::thread::current());
    try {
      std::rethrow_exception(thrown);
    } catch (const std::runtime_error& e) {
      what = e.what();
    }
  });
  EXPECT_TRUE(with.was_first());
  par::thread t("thrower", [] { throw std::runtime_error("thrown"); });
  t.join();
  EXPECT_FALSE(t.handle().is_alive());
  EXPECT_EQ(thrower, "thrower");
  EXPECT_EQ(what, "thrown");
}

TEST(thread_exception, of_the_hook_ends_the_process) {
  EXPECT_DEATH(
      {
        par::set_thread_exception_hook([](const par::thread_handle&, const std::exception_ptr&) {
          throw std::runtime_error("thrown by the hook");
        });
        par::thread("x", [] { throw 1; }).join();
      },
      "thrown by the hook");
}

TEST(thread_exception, pthread_exit_is_none) {
  const hooked with([](const par::thread_handle&, const std::exception_ptr&) { ADD_FAILURE(); });
  par::thread t("x", [] { pthread_exit(nullptr); });
  t.handle().wait();
  t.join();
  EXPECT_FALSE(t.handle().is_alive());
}

// Each check is a letter that the child leaves out if it fails.
std::string run_in_child(const std::function<std::string()>& checks) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    const std::string passed = checks();
    _exit(write(ends[1], passed.data(), passed.size()) < 0 ? 1 : 0);
  }
  close(ends[1]);
  std::string passed(100, '\0');
  const ssize_t length = read(ends[0], passed.data(), passed.size());
  passed.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return passed;
}

// One that sleeps until told, and does already: whatever lock of an allocator a running one held at
// a fork would be held for ever in the child.
par::thread sleeping_thread(par::event& go_on) {
  const auto asleep = std::make_shared<par::event>();
  par::thread started("other", [&go_on, asleep] {
    asleep->set();
    go_on.wait();
  });
  asleep->wait();
  return started;
}

TEST(thread_after_fork, the_child_has_only_the_thread_that_forked) {
  par::event go_on;
  std::string passed;
  par::thread other = sleeping_thread(go_on);
  par::thread forker("forker", [&] {
    const par::thread_handle self = par::thread::current();
    passed = run_in_child([&] {
      std::string ok;
      if (par::thread::active_count() == 1) ok += 'c';
      if (par::thread::enumerate().front() == self) ok += 'e';
      if (par::thread::main_thread() == self) ok += 'm';
      if (self.native_id() == getpid()) ok += 'n';
      if (!other.handle().is_alive()) ok += 'a';
      other.handle().wait();
      other.request_stop();
      other.join();
      if (!other.joinable()) ok += 'j';
      return ok;
    });
  });
  forker.join();
  EXPECT_TRUE(other.handle().is_alive());
  go_on.set();
  EXPECT_EQ(passed, "cemnaj");
}

TEST(thread_after_fork, owners_go_without_waiting_and_new_threads_start) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer allows no threads after a fork with threads";
#endif
  par::event go_on;
  auto other = std::make_unique<par::thread>(sleeping_thread(go_on));
  const std::string passed = run_in_child([&] {
    other.reset();
    std::string ok;
    par::thread("new", [&] { ok += 'n'; }).join();
    if (par::thread::current() == par::thread::main_thread()) ok += 'm';
    return ok;
  });
  EXPECT_EQ(passed, "nm");
  go_on.set();
}

}  // namespace
