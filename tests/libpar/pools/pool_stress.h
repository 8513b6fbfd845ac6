// Many threads that give a pool work in every form: each task runs once or is dropped once.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "par/base/unique_function.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/future.h"
#include "par/pools/parallel_invoke.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"

namespace pool_stress {

struct options {
  const char* name;
  std::size_t threads;
  int posters;
  int turns_each;
  // After so many tasks have run, one of them shuts the pool down and cancels what is queued.
  int cancel_after = -1;  // Never.
};

class run {
 public:
  explicit run(const options& with) : with_(with) {}

  void go() {
    {
      pool_.emplace(with_.threads);
      std::vector<par::thread> posters;
      for (int p = 0; p < with_.posters; ++p) {
        posters.emplace_back("post", [this] { post_all(); });
      }
      posters.clear();
      pool_.reset();
    }
    EXPECT_EQ(ran_ + dropped_, made_);
    if (with_.cancel_after < 0) {
      EXPECT_EQ(dropped_, cancelled_);
    }
  }

 private:
  // Counts as run or as dropped, whichever comes to the task that it is in.
  class ticket {
   public:
    explicit ticket(run& of) : of_(&of) { ++of.made_; }
    ticket(ticket&& from) noexcept : of_(std::exchange(from.of_, nullptr)) {}
    ticket(const ticket&) = delete;
    ticket& operator=(const ticket&) = delete;
    ~ticket() {
      if (of_ != nullptr) ++of_->dropped_;
    }
    void use() {
      ASSERT_NE(of_, nullptr) << "a task ran twice";
      run* const of = std::exchange(of_, nullptr);
      if (++of->ran_ == of->with_.cancel_after) {
        of->pool_->shutdown(par::thread_pool::pending::cancel);
      }
    }

   private:
    run* of_;
  };

  auto task() {
    return [mine = ticket(*this)]() mutable { mine.use(); };
  }

  void post_all() {
    try {
      for (int turn = 0; turn < with_.turns_each; ++turn) post_one(turn);
    } catch (const par::executor_closed&) {
      EXPECT_GE(with_.cancel_after, 0);
    }
  }

  void post_one(int turn) {
    switch (turn % 6) {
      case 0:
        return pool_->post(task());
      case 1: {
        std::array<par::unique_function<void()>, 3> several = {task(), task(), task()};
        return pool_->post_bulk(several);
      }
      case 2:
        return expect_result(pool_->submit(task()));
      case 3:
        return cancel(pool_->submit(task()));
      case 4:
        return pool_->post([this] { divide(5); });
      default:
        return pool_->post([this] { wait_under_lock(); });
    }
  }

  void expect_result(par::future<void> one) {
    try {
      one.get();
    } catch (const par::future_cancelled&) {
      EXPECT_GE(with_.cancel_after, 0);
    }
  }

  void cancel(par::future<void> one) {
    if (one.cancel())
      ++cancelled_;
    else
      expect_result(std::move(one));
  }

  // Forks and joins; what is dropped by a pool that is shut down is called here all the same.
  void divide(int depth) {
    if (depth == 0) return task()();
    par::parallel_invoke(*pool_, [&] { divide(depth - 1); }, [&] { divide(depth - 1); });
  }

  // A task may wait for another with a lock in its hand.
  void wait_under_lock() {
    par::mutex own;
    const par::lock_guard lock(own);
    try {
      expect_result(pool_->submit(task()));
    } catch (const par::executor_closed&) {
      EXPECT_GE(with_.cancel_after, 0);
    }
  }

  const options with_;
  std::atomic<int> made_ = 0;
  std::atomic<int> ran_ = 0;
  std::atomic<int> dropped_ = 0;
  std::atomic<int> cancelled_ = 0;
  std::optional<par::thread_pool> pool_;
};

}  // namespace pool_stress
