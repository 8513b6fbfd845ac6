// Processes that work together over locks without end, to kill them at it.
#pragma once

#include <mutex>
#include <random>

#include "par/processes/ipc/barrier.h"
#include "par/processes/ipc/condition_variable.h"
#include "par/processes/ipc/event.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/ipc/semaphore.h"
#include "victims.h"

namespace par {

// Two roles, each played by two processes. One gives only while the other has taken what there is,
// so that all stand still if a wake-up is lost. Two numbers are changed together under the mutex.
class lock_scene {
 public:
  enum class kind { mutex, semaphore, event, condition_variable, barrier };
  static constexpr kind kinds[] = {kind::mutex, kind::semaphore, kind::event,
                                   kind::condition_variable, kind::barrier};

  explicit lock_scene(kind of) : kind_(of) {}

  void give() const {
    if (kind_ == kind::mutex) change_both();
    if (kind_ == kind::semaphore && permits_.free() < 2) permits_.release();
    if (kind_ == kind::event && !flag_.is_set()) flag_.set();
    if (kind_ == kind::condition_variable) put();
    if (kind_ == kind::barrier) meet();
  }
  void take() const {
    if (kind_ == kind::mutex) change_both();
    if (kind_ == kind::semaphore) permits_.acquire();
    if (kind_ == kind::event) {
      flag_.wait();
      flag_.clear();
    }
    if (kind_ == kind::condition_variable) get();
    if (kind_ == kind::barrier) meet();
  }

  [[nodiscard]] bool is_whole() const {
    const std::lock_guard lock(recovered());
    return numbers_[0] == numbers_[1];
  }

 private:
  // For std's guards: lock() that mends.
  struct mending_mutex {
    const lock_scene& scene;
    void lock() const {
      if (scene.guard_.recover()) scene.numbers_[1] = scene.numbers_[0].load();
    }
    void unlock() const { scene.guard_.unlock(); }
  };
  [[nodiscard]] const mending_mutex& recovered() const { return mending_; }

  void change_both() const {
    const std::lock_guard lock(recovered());
    numbers_[0].fetch_add(1);
    for (int i = 0; i < 200; ++i) detail::spin_pause();
    numbers_[1].fetch_add(1);
  }
  void put() const {
    std::unique_lock lock(recovered());
    if (numbers_[2] >= 3) return;
    numbers_[2].fetch_add(1);
    ready_.notify_one();
  }
  void get() const {
    std::unique_lock lock(recovered());
    ready_.wait(lock, [this] { return numbers_[2] > 0; });
    numbers_[2].fetch_sub(1);
  }
  // Three of the four that come, so that one may be missing.
  void meet() const {
    if (!gate_.wait_for(std::chrono::hours(1)) && gate_.broken()) gate_.reset();
  }

  kind kind_;
  mending_mutex mending_{*this};
  ipc::mutex guard_;
  ipc::semaphore permits_{0};
  ipc::event flag_;
  ipc::condition_variable ready_;
  ipc::barrier gate_{3};
  numbers numbers_{3};
};

// The players of a scene, each of which counts what it does.
class troupe {
 public:
  static constexpr std::size_t size = 4;  // The first half gives.

  explicit troupe(lock_scene::kind of) : scene_(of) {
    for (std::size_t i = 0; i < size; ++i) engage(i);
  }
  ~troupe() {
    for (process& each : players_) each.kill();
  }
  troupe(const troupe&) = delete;
  troupe& operator=(const troupe&) = delete;

  void engage(std::size_t role, const char* die_at_step = nullptr, int round = 1) {
    players_[role] = process::fork([this, role, die_at_step, round] {
      if (die_at_step != nullptr) die_at(die_at_step, round);
      for (;;) {
        if (role < size / 2) scene_.give();
        if (role >= size / 2) scene_.take();
        counts_[role].fetch_add(1);
      }
    });
  }
  void kill(std::size_t role) {
    players_[role].kill();
    players_[role].join();
  }
  [[nodiscard]] bool dies(std::size_t role) {
    return players_[role].join_for(std::chrono::minutes(1));
  }

  // Both halves go on: each of the two that take, or another in its place, gets something.
  [[nodiscard]] bool goes_on() {
    const auto before = taken();
    return soon([&] { return taken() >= before + 5; }) && scene_.is_whole();
  }

 private:
  [[nodiscard]] std::uint64_t taken() const { return counts_[2] + counts_[3]; }

  lock_scene scene_;
  numbers counts_{size};
  process players_[size];
};

// Kills one after the other at any moment. False: they stood still.
[[nodiscard]] inline bool survives_random_kills(lock_scene::kind of, int kills, unsigned seed) {
  troupe all(of);
  std::mt19937 random(seed);
  for (int i = 0; i < kills; ++i) {
    const std::size_t role = random() % troupe::size;
    for (unsigned wait = random() % 20'000; wait > 0; --wait) detail::spin_pause();
    all.kill(role);
    if (i % 4 == 0 && !all.goes_on()) return false;
    all.engage(role);
  }
  return all.goes_on();
}

}  // namespace par
