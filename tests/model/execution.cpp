#include "model/execution.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "model/sync.h"

namespace model {
namespace {

thread_local execution* of_this_thread = nullptr;
thread_local std::size_t index_of_this_thread = 0;

}  // namespace

execution* execution::current() {
  return of_this_thread;
}

std::string execution::run(const test& make) {
  scenario s;
  make(s);
  for (std::size_t i = 0; i < s.threads_.size(); ++i) fibers_.push_back(std::make_unique<fiber>());
  std::vector<std::thread> threads;
  {
    std::unique_lock lock(guard_);
    running_ = fibers_.size();  // Nobody yet.
    for (std::size_t i = 0; i < s.threads_.size(); ++i) {
      threads.emplace_back(
          [self = shared_from_this(), i, body = s.threads_[i]] { self->body_of(i, body); });
    }
    if (const auto first = next()) give_baton_to(*first);
    over_.wait(lock, [&] { return is_over_; });
  }
  for (std::thread& each : threads) failure_.empty() ? each.join() : each.detach();
  if (failure_.empty() && !s.at_end_()) failure_ = "wrong result";
  return failure_;
}

void execution::body_of(std::size_t self, const std::function<void()>& body) {
  of_this_thread = this;
  index_of_this_thread = self;
  {
    std::unique_lock lock(guard_);
    fibers_[self]->turn.wait(lock, [&] { return running_ == self; });
  }
  body();
  of_this_thread = nullptr;
  const std::unique_lock lock(guard_);
  fibers_[self]->now = phase::ended;
  if (const auto successor = next()) give_baton_to(*successor);
}

void execution::pause() {
  std::unique_lock lock(guard_);
  if (++steps_ > bounds_.steps) {
    end_run("does not end");
    strand(lock);
  }
  lock.unlock();
  hand_over();
}

bool execution::wait(const void* word, bool timed) {
  fiber& self = *fibers_[index_of_this_thread];
  self.word = word;
  self.timed_out = false;
  self.now = timed ? phase::timed_waiting : phase::waiting;
  hand_over();
  return !self.timed_out;
}

void execution::wake(const void* word, std::size_t count) {
  for (const auto& each : fibers_) {
    const bool waits = each->now == phase::waiting || each->now == phase::timed_waiting;
    if (count == 0 || !waits || each->word != word) continue;
    each->now = phase::ready;
    --count;
  }
}

void execution::spin() {
  fibers_[index_of_this_thread]->now = phase::spinning;
  hand_over();
}

void execution::hand_over() {
  const std::size_t self = index_of_this_thread;
  std::unique_lock lock(guard_);
  const auto successor = next();
  if (!successor) strand(lock);
  if (*successor == self) return;
  give_baton_to(*successor);
  fibers_[self]->turn.wait(lock, [&] { return running_ == self; });
}

// The running thread first, so that the first choice is never an interruption; then those whose
// wait may time out.
std::vector<std::size_t> execution::candidates() const {
  std::vector<std::size_t> ready, timed;
  for (std::size_t i = 0; i < fibers_.size(); ++i) {
    if (fibers_[i]->now == phase::ready) ready.push_back(i);
    if (fibers_[i]->now == phase::timed_waiting) timed.push_back(i);
  }
  const auto mine = std::find(ready.begin(), ready.end(), running_);
  if (mine != ready.end()) {
    std::rotate(ready.begin(), mine, mine + 1);
    if (preemptions_ >= bounds_.preemptions) return {running_};
  }
  ready.insert(ready.end(), timed.begin(), timed.end());
  return ready;
}

std::size_t execution::choose(const std::vector<std::size_t>& from) {
  if (from.size() == 1) return from.front();
  if (depth_ == path_.size()) path_.push_back({0, from.size()});
  return from.at(path_[depth_++].taken);
}

void execution::stop_spinning(fiber& each) {
  if (each.now == phase::spinning) each.now = phase::ready;
}

std::optional<std::size_t> execution::next() {
  std::vector<std::size_t> from = candidates();
  if (from.empty()) {
    for (const auto& each : fibers_) stop_spinning(*each);
    from = candidates();
  }
  if (from.empty()) {
    const bool all_ended = std::all_of(fibers_.begin(), fibers_.end(),
                                       [](const auto& each) { return each->now == phase::ended; });
    end_run(all_ended ? "" : "deadlock");
    return std::nullopt;
  }
  const std::size_t chosen = choose(from);
  const bool could_go_on = running_ < fibers_.size() && fibers_[running_]->now == phase::ready;
  if (could_go_on && chosen != running_) ++preemptions_;
  if (fibers_[chosen]->now == phase::timed_waiting) {
    fibers_[chosen]->timed_out = true;
    fibers_[chosen]->now = phase::ready;
  }
  // The chosen one makes a step now: those that spin may look again after it.
  for (const auto& each : fibers_) stop_spinning(*each);
  return chosen;
}

void execution::end_run(const char* failure) {
  failure_ = failure;
  is_over_ = true;
  over_.notify_all();
}

void execution::strand(std::unique_lock<std::mutex>& lock) {
  for (;;) fibers_[index_of_this_thread]->turn.wait(lock);
}

void execution::give_baton_to(std::size_t thread) {
  running_ = thread;
  fibers_[thread]->turn.notify_one();
}

void point() noexcept {
  if (execution* const here = execution::current()) here->pause();
}

}  // namespace model

namespace par::inline PAR_ABI::detail {

bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until) noexcept {
  if (word.load() != expected) return true;
  return model::execution::current()->wait(&word, !until.is_never());
}

void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept {
  model::point();
  if (auto* const here = model::execution::current()) {
    here->wake(&word, static_cast<std::size_t>(count));
  }
}

void spin_pause() noexcept {
  if (auto* const here = model::execution::current()) here->spin();
}

void futex_wake_all(const atomic<std::uint32_t>& word) noexcept {
  futex_wake(word, 1 << 30);
}

}  // namespace par::inline PAR_ABI::detail
