// One run of a scenario under the scheduler's control.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/explorer.h"

namespace model {

// Where the scheduler had several threads to choose from, and which it took.
struct decision {
  std::size_t taken;
  std::size_t options;
};

// The threads are real ones that hand a baton around: exactly one runs. Each of its own calls
// (pause, wait, wake) is made by the thread that has the baton.
class execution : public std::enable_shared_from_this<execution> {
 public:
  execution(std::vector<decision> path, options bounds) : path_(std::move(path)), bounds_(bounds) {}

  // Runs to the end or to a failure, which is returned. Threads of a failed run stay blocked for
  // ever, and keep this object alive.
  std::string run(const test& make);

  [[nodiscard]] const std::vector<decision>& path() const { return path_; }

  void pause();  // Lets another thread go first, if the schedule says so.
  bool wait(const void* word, bool timed);  // False: timed out.
  void wake(const void* word, std::size_t count);
  void spin();  // Lets every other thread that can go on go first.

  // That of the calling thread, or null outside of any.
  [[nodiscard]] static execution* current();

 private:
  enum class phase { ready, spinning, waiting, timed_waiting, ended };
  struct fiber {
    phase now = phase::ready;
    const void* word = nullptr;
    bool timed_out = false;
    std::condition_variable turn;
  };

  void body_of(std::size_t self, const std::function<void()>& body);
  std::vector<std::size_t> candidates() const;
  std::size_t choose(const std::vector<std::size_t>& from);
  static void stop_spinning(fiber& each);
  void hand_over();                   // Picks who goes next; returns when it is the caller's turn.
  std::optional<std::size_t> next();  // Nobody: the run is over.
  void end_run(const char* failure);
  [[noreturn]] void strand(std::unique_lock<std::mutex>& lock);  // Blocks for ever.
  void give_baton_to(std::size_t thread);

  std::vector<decision> path_;  // Followed as far as it goes, then extended by first choices.
  const options bounds_;
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  int preemptions_ = 0;

  std::mutex guard_;
  std::vector<std::unique_ptr<fiber>> fibers_;
  std::size_t running_ = 0;
  std::condition_variable over_;
  bool is_over_ = false;
  std::string failure_;
};

}  // namespace model
