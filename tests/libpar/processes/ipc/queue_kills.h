// Processes that put and get for ever, are killed at any moment, and are replaced: what became of
// every item is written down.
#pragma once

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "../../../../libpar/src/processes/ipc/step.h"
#include "par/processes/ipc/queue.h"
#include "par/processes/process.h"
#include "par/processes/shared_memory.h"

namespace kills {

constexpr std::size_t producers = 2;
constexpr std::size_t consumers = 2;
constexpr std::size_t participants = producers + consumers;

// What they leave behind, in memory that outlives them.
class journal {
 public:
  // Of each producer; a multiple of 8.
  explicit journal(std::uint64_t most_items)
      : most_items_(most_items),
        memory_(sizeof(counts) + producers * most_items / 8),
        counts_(new(memory_.data()) counts),
        seen_(reinterpret_cast<std::uint8_t*>(memory_.data() + sizeof(counts))) {}

  struct counts {
    std::atomic<bool> stop{false};
    std::array<std::atomic<std::uint64_t>, producers> begun{};  // Puts.
    std::array<std::atomic<std::uint64_t>, participants> moved{};
    std::atomic<std::uint64_t> twice{0};
    std::atomic<std::uint64_t> torn{0};
  };
  [[nodiscard]] counts& all() const { return *counts_; }
  [[nodiscard]] std::uint64_t most_items() const { return most_items_; }

  void saw(std::size_t producer, std::uint64_t number) const {
    const std::uint64_t bit = producer * most_items_ + number;
    const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
    if ((std::atomic_ref(seen_[bit / 8]).fetch_or(mask) & mask) != 0) ++counts_->twice;
  }

  // How many were begun and never came out.
  [[nodiscard]] std::uint64_t missing() const {
    std::uint64_t count = 0;
    for (std::size_t p = 0; p < producers; ++p) {
      for (std::uint64_t n = 0; n < counts_->begun[p]; ++n) {
        const std::uint64_t bit = p * most_items_ + n;
        if ((seen_[bit / 8] & (1U << (bit % 8))) == 0) ++count;
      }
    }
    return count;
  }

 private:
  std::uint64_t most_items_;
  par::shared_memory memory_;
  counts* counts_;
  std::uint8_t* seen_;
};

// Producer, number, and then as many bytes as the number says, each of which is known.
inline std::string item(std::size_t producer, std::uint64_t number) {
  std::string text(9 + number % 50, static_cast<char>(number % 251));
  text[0] = static_cast<char>(producer);
  std::memcpy(text.data() + 1, &number, sizeof number);
  return text;
}

inline void write_down(const journal& book, const std::string& text) {
  std::uint64_t number = 0;
  if (text.size() >= 9) std::memcpy(&number, text.data() + 1, sizeof number);
  const auto producer = text.empty() ? producers : static_cast<std::size_t>(text[0]);
  if (producer >= producers || text != item(producer, number)) {
    ++book.all().torn;
  } else {
    book.saw(producer, number);
  }
}

// The calling process kills itself the n-th time that it comes to that step.
inline void die_at(const std::string& step, int times) {
  static std::string fatal;
  static int left;
  fatal = step;
  left = times;
  par::detail::ipc_step_hook = [](const char* label) {
    if (fatal == label && --left == 0) static_cast<void>(std::raise(SIGKILL));
  };
}

// Its queue is small, so that both sides wait now and then.
class fleet {
 public:
  // Whose producers put no more than that, each.
  explicit fleet(std::uint64_t most_items) : book_(most_items) {
    for (std::size_t i = 0; i < participants; ++i) crew_.push_back(start(i, "", 0));
  }

  // Kills number `victim` now, and replaces it.
  void kill(std::size_t victim) {
    crew_[victim].kill();
    replace(victim);
  }

  // Replaces number `victim` by one that kills itself the n-th time that it comes to that step.
  void kill_at(std::size_t victim, const std::string& step, int times) {
    crew_[victim].kill();
    replace(victim, step, times);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (crew_[victim].is_alive()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up) << "never came to " << step;
      sched_yield();
    }
    replace(victim);
  }

  // How long it took until all the others had moved an item.
  std::chrono::nanoseconds wait_for_others(std::size_t victim) const {
    const auto begin = std::chrono::steady_clock::now();
    std::array<std::uint64_t, participants> before{};
    for (std::size_t i = 0; i < participants; ++i) before[i] = book_.all().moved[i];
    for (std::size_t i = 0; i < participants; ++i) {
      while (i != victim && book_.all().moved[i] == before[i]) {
        if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(10)) {
          ADD_FAILURE() << "participant " << i << " hangs";
          return {};
        }
        sched_yield();
      }
    }
    return std::chrono::steady_clock::now() - begin;
  }

  // Lets all end, and looks at what they have left.
  void finish() {
    book_.all().stop = true;
    for (std::size_t i = 0; i < participants; ++i) {
      if (i == producers) items_.close();
      ASSERT_TRUE(crew_[i].join_for(std::chrono::seconds(60))) << "participant " << i << " hangs";
      EXPECT_FALSE(crew_[i].error()) << crew_[i].error()->what();
      EXPECT_EQ(crew_[i].status(), par::exit_status::exited(0))
          << crew_[i].status()->signal().value_or(-1) << " " << book_.all().begun[0] << " "
          << book_.all().begun[1];
    }
    EXPECT_TRUE(items_.empty());
    EXPECT_EQ(book_.all().twice, 0U);
    EXPECT_EQ(book_.all().torn, 0U);
    EXPECT_LE(book_.missing(), killed_);
  }

  [[nodiscard]] std::uint64_t killed() const { return killed_; }
  [[nodiscard]] std::uint64_t missing() const { return book_.missing(); }
  [[nodiscard]] std::uint64_t begun() const { return book_.all().begun[0] + book_.all().begun[1]; }

 private:
  void replace(std::size_t victim, const std::string& step = "", int times = 0) {
    crew_[victim].join();
    EXPECT_EQ(crew_[victim].status(), par::exit_status::killed(SIGKILL))
        << (crew_[victim].error() ? crew_[victim].error()->what() : "");
    ++killed_;
    crew_[victim] = start(victim, step, times);
  }

  par::process start(std::size_t number, const std::string& step, int times) {
    return par::process::fork([book = book_, items = items_, number, step, times] {
      if (!step.empty()) die_at(step, times);
      if (number < producers) {
        produce(book, items, number);
      } else {
        consume(book, items, number);
      }
    });
  }

  static void produce(const journal& book, const par::ipc::queue<std::string>& items,
                      std::size_t self) {
    while (!book.all().stop && book.all().begun[self] < book.most_items()) {
      items.put(item(self, book.all().begun[self]++));
      ++book.all().moved[self];
    }
  }

  static void consume(const journal& book, const par::ipc::queue<std::string>& items,
                      std::size_t self) {
    for (const std::string& each : items.consume()) {
      write_down(book, each);
      ++book.all().moved[self];
    }
  }

  journal book_;
  par::ipc::queue<std::string> items_{par::ipc::queue_options{.bytes = 256}};
  std::vector<par::process> crew_;
  std::uint64_t killed_ = 0;
};

}  // namespace kills
