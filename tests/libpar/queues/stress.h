// Many threads on one queue, every form mixed: nothing lost, nothing doubled.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

#include "libpar/queues/queues.h"
#include "par/pools/thread.h"

namespace stress {

struct item {
  int producer;
  int number;

  // The order of a priority_queue: by number, whoever made it.
  bool operator<(const item& other) const { return number < other.number; }
};

struct options {
  const char* name;
  std::size_t capacity;
  int producers;
  int consumers;
  int items_each;
  int close_after = -1;  // So many items taken; -1: when all were put.
};

template <class Queue>
class run {
 public:
  explicit run(const options& with)
      : with_(with),
        queue_(with.capacity),
        put_(static_cast<std::size_t>(with.producers)),
        taken_(static_cast<std::size_t>(with.consumers)) {}

  void go() {
    std::vector<par::thread> consumers;
    for (auto& mine : taken_) consumers.emplace_back("consume", [&] { consume(mine); });
    {
      std::vector<par::thread> producers;
      for (int p = 0; p < with_.producers; ++p) {
        producers.emplace_back("produce", [this, p] { produce(p); });
      }
    }
    queue_.close();
    consumers.clear();
    EXPECT_TRUE(queue_.empty());
    EXPECT_TRUE(queue_.try_join());
  }

  // What a producer put is what was taken of it, each once: 0, 1, 2 ...
  void expect_whole() const {
    std::vector<std::vector<int>> times(put_.size());
    for (std::size_t p = 0; p < put_.size(); ++p) times[p].resize(put_[p]);
    for (const auto& mine : taken_) {
      for (const item& each : mine) {
        auto& of_producer = times[static_cast<std::size_t>(each.producer)];
        ASSERT_LT(static_cast<std::size_t>(each.number), of_producer.size());
        ++of_producer[static_cast<std::size_t>(each.number)];
      }
    }
    for (const auto& of_producer : times) {
      for (const int count : of_producer) ASSERT_EQ(count, 1);
    }
  }

  // Each consumer saw each producer's items in the order put.
  void expect_order() const {
    for (const auto& mine : taken_) {
      std::vector<int> last(put_.size(), -1);
      for (const item& each : mine) {
        auto& before = last[static_cast<std::size_t>(each.producer)];
        ASSERT_LT(before, each.number);
        before = each.number;
      }
    }
  }

 private:
  static constexpr auto briefly = std::chrono::microseconds(20);

  void produce(int producer) {
    const std::stop_source never;
    std::size_t& mine = put_[static_cast<std::size_t>(producer)];
    for (int n = 0; n < with_.items_each && put_one({producer, n}, never.get_token()); ++n) ++mine;
  }

  // False: the queue is closed.
  bool put_one(item next, const std::stop_token& never) {
    for (int attempt = next.number;; ++attempt) {
      std::optional<par::queue_errc> failed;
      if (attempt % 5 < 2) {
        try {
          queue_.put(next);
        } catch (const par::queue_closed&) {
          failed = par::queue_errc::closed;
        }
      } else if (const auto put = attempt % 5 == 2   ? queue_.try_put(std::move(next))
                                  : attempt % 5 == 3 ? queue_.put_for(std::move(next), briefly)
                                                     : queue_.put(std::move(next), never);
                 !put) {
        failed = put.error();
      }
      if (!failed) return true;
      if (*failed == par::queue_errc::closed) return false;
    }
  }

  void consume(std::vector<item>& mine) {
    const std::stop_source never;
    for (int turn = 0;; ++turn) {
      par::expected<item, par::queue_errc> next = take_one(turn, never.get_token());
      if (next) {
        mine.push_back(*next);
        queue_.task_done();
        if (++taken_in_all_ == with_.close_after) queue_.close();
      } else if (next.error() == par::queue_errc::closed) {
        return;
      }
    }
  }

  par::expected<item, par::queue_errc> take_one(int turn, const std::stop_token& never) {
    switch (turn % 5) {
      case 0:
        return queue_.get_for(briefly);
      case 1:
        return queue_.try_get();
      case 2:
        return queue_.get(never);
      default:
        try {
          return queue_.get();
        } catch (const par::queue_closed&) {
          return par::unexpected<par::queue_errc>(par::queue_errc::closed);
        }
    }
  }

  const options with_;
  Queue queue_;
  std::vector<std::size_t> put_;          // By each producer, who alone writes to it.
  std::vector<std::vector<item>> taken_;  // By each consumer.
  std::atomic<int> taken_in_all_ = 0;
};

}  // namespace stress
