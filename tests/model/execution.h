// One run of a scenario under the scheduler's control.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/choices.h"
#include "model/explorer.h"
#include "model/fiber.h"
#include "model/race.h"
#include "model/sc_order.h"
#include "model/vector_clock.h"
#include "par/base/deadline.h"

namespace model {

// What a run tells beside its result; either may be null.
struct observer {
  std::vector<std::string>* trace = nullptr;
  std::set<site>* sites = nullptr;
};

// The threads are fibers, of which one runs at a time: number 1 and up, as their clocks. Number 0
// is the caller of run, which sets up before them and checks after them.
class execution {
 public:
  execution(choices& from, const options& bounds, observer to = {});
  ~execution();

  // Runs to the end or to a failure, which is returned.
  [[nodiscard]] static std::string run(const test& make, choices& from, const options& bounds,
                                       observer to = {});

  // That of the calling thread, or null outside of any.
  [[nodiscard]] static execution* current() noexcept;

  void pause();  // Lets another thread go first, if the schedule says so.
  bool wait(const void* word, par::deadline until);  // False: timed out.
  void wake(const void* word, std::size_t count);
  void spin();  // Lets every other thread that can go on go first.

  [[nodiscard]] bool has_ended(std::size_t thread);  // If so, all that it did is known.

  // Called if the running thread vanishes before it calls off(key): what the system does then.
  void on_vanishing(const void* key, std::function<void()> act);
  void off(const void* key);

  [[nodiscard]] std::size_t running() const { return running_; }

  // It stands still but for waits that time out, each of which takes it to its deadline.
  [[nodiscard]] par::deadline::clock::time_point time() const { return time_; }

  // Of the running thread.
  [[nodiscard]] vector_clock& known() { return threads_[running_].known; }
  [[nodiscard]] event now() { return known().last_of(running_); }
  void tick() { known().tick(running_); }

  [[nodiscard]] std::uint64_t id() const { return id_; }
  [[nodiscard]] race_detector& races() { return races_; }
  [[nodiscard]] sc_order& order() { return order_; }
  [[nodiscard]] std::memory_order effective(const access& a);

  // Choices of the atomics; how many surprises are left.
  [[nodiscard]] std::size_t choose(std::size_t from);
  [[nodiscard]] int& stale_reads_left() { return stale_reads_left_; }
  [[nodiscard]] int& spurious_left() { return spurious_left_; }

  [[nodiscard]] bool tracing() const { return observer_.trace != nullptr; }
  void note(const std::string& what);

  void fail(const char* failure);  // Does not return to a thread of the scenario.

 private:
  enum class phase { ready, spinning, waiting, timed_waiting, ended, vanished };
  struct thread {
    phase now = phase::ready;
    const void* word = nullptr;
    bool timed_out = false;
    par::deadline until = par::deadline::never();  // When it waits.
    bool mortal = false;
    std::map<const void*, std::function<void()>> last_acts;
    vector_clock known;
    std::unique_ptr<fiber> stack;  // Of number 0: the caller's.
  };

  std::string play(const test& make);
  void start_threads();
  fiber& live(std::size_t self);  // The life of one thread; returns who goes on.
  void vanish();
  void check_end();

  struct shortlist {
    std::array<std::size_t, max_threads> who{};
    std::size_t size = 0;
    void add(std::size_t thread) { who[size++] = thread; }
  };
  [[nodiscard]] bool is_ready(std::size_t thread) const;
  [[nodiscard]] bool is_early(std::size_t thread) const;
  [[nodiscard]] bool may_time_out(std::size_t thread) const;
  [[nodiscard]] shortlist candidates() const;
  [[nodiscard]] std::size_t next();  // Who goes on; 0: the run is over.
  void end_spinning();
  void account(std::size_t chosen);
  void hand_over();
  void switch_to(std::size_t successor);

  choices& choices_;
  const options& bounds_;
  const observer observer_;
  const std::uint64_t id_;

  scenario scenario_;
  std::vector<thread> threads_;
  std::size_t running_ = 0;
  race_detector races_;
  sc_order order_;
  std::size_t steps_ = 0;
  par::deadline::clock::time_point time_{std::chrono::seconds(1)};
  int preemptions_left_;
  int stale_reads_left_;
  int spurious_left_;
  int early_timeouts_left_;
  int vanishings_left_;
  std::string failure_;
};

}  // namespace model
