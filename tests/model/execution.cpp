#include "model/execution.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace model {
namespace {

execution* of_this_thread = nullptr;
std::uint64_t runs_so_far = 0;

// Fibers that wait for their next run.
std::vector<std::unique_ptr<fiber>>& idle_fibers() {
  static std::vector<std::unique_ptr<fiber>> idle;
  return idle;
}

std::unique_ptr<fiber> take_fiber() {
  auto& idle = idle_fibers();
  if (idle.empty()) return std::make_unique<fiber>();
  auto taken = std::move(idle.back());
  idle.pop_back();
  return taken;
}

// The threads of a failed run never go on, and what they use is never destroyed.
void leave_behind(std::unique_ptr<execution> failed) {
  static auto& stranded = *new std::vector<std::unique_ptr<execution>>();
  stranded.push_back(std::move(failed));
}

}  // namespace

execution::execution(choices& from, const options& bounds, observer to)
    : choices_(from),
      bounds_(bounds),
      observer_(to),
      id_(++runs_so_far),
      preemptions_left_(bounds.preemptions),
      stale_reads_left_(bounds.stale_reads),
      spurious_left_(bounds.spurious),
      vanishings_left_(bounds.vanishings) {}

execution::~execution() {
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    if (threads_[i].now == phase::vanished) continue;  // Still in the middle of something.
    idle_fibers().push_back(std::move(threads_[i].stack));
  }
}

execution* execution::current() noexcept {
  return of_this_thread;
}

std::string execution::run(const test& make, choices& from, const options& bounds, observer to) {
  auto once = std::make_unique<execution>(from, bounds, to);
  of_this_thread = once.get();
  std::string failure = once->play(make);
  of_this_thread = nullptr;
  if (!failure.empty()) leave_behind(std::move(once));
  return failure;
}

std::string execution::play(const test& make) {
  threads_.resize(1);
  threads_[0].stack = fiber::of_caller();
  make(scenario_);
  start_threads();
  if (const std::size_t first = next(); first != 0) switch_to(first);
  if (failure_.empty()) check_end();
  if (failure_.empty()) scenario_ = {};  // Here, where a race with its destruction is seen.
  return failure_;
}

void execution::start_threads() {
  if (scenario_.threads_.size() >= max_threads) throw std::length_error("scenario: threads");
  for (std::size_t i = 1; i <= scenario_.threads_.size(); ++i) {
    threads_.emplace_back();
    threads_[i].mortal = scenario_.threads_[i - 1].mortal;
    threads_[i].known = threads_[0].known;
    threads_[i].known.tick(i);
    threads_[i].stack = take_fiber();
    threads_[i].stack->start([this, i]() -> fiber& { return live(i); });
  }
  tick();
}

fiber& execution::live(std::size_t self) {
  try {
    scenario_.threads_[self - 1].body();
  } catch (const std::exception& thrown) {
    note(thrown.what());
    fail("exception");
  }
  threads_[self].stack->destroy_locals();
  threads_[self].now = phase::ended;
  running_ = next();
  return *threads_[running_].stack;
}

void execution::check_end() {
  for (const thread& each : threads_) known().learn(each.known);
  if (!scenario_.at_end_() && failure_.empty()) failure_ = "wrong result";
}

void execution::pause() {
  if (running_ == 0) return;
  if (++steps_ > bounds_.steps) fail("does not end");
  if (threads_[running_].mortal && vanishings_left_ > 0 && choose(2) == 1) vanish();
  hand_over();
}

// What the system does for it takes steps of its own, between which others run.
void execution::vanish() {
  --vanishings_left_;
  thread& self = threads_[running_];
  self.mortal = false;
  note("vanishes");
  for (const auto& [key, act] : std::exchange(self.last_acts, {})) act();
  self.now = phase::vanished;
}

void execution::on_vanishing(const void* key, std::function<void()> act) {
  if (threads_[running_].mortal) threads_[running_].last_acts[key] = std::move(act);
}

void execution::off(const void* key) {
  threads_[running_].last_acts.erase(key);
}

bool execution::wait(const void* word, bool timed) {
  thread& self = threads_[running_];
  self.word = word;
  self.timed_out = false;
  self.now = timed ? phase::timed_waiting : phase::waiting;
  hand_over();
  return !self.timed_out;
}

void execution::wake(const void* word, std::size_t count) {
  for (thread& each : threads_) {
    const bool waits = each.now == phase::waiting || each.now == phase::timed_waiting;
    if (count == 0 || !waits || each.word != word) continue;
    each.now = phase::ready;
    --count;
  }
}

void execution::spin() {
  if (running_ == 0) return;
  if (++steps_ > bounds_.steps) fail("does not end");
  threads_[running_].now = phase::spinning;
  hand_over();
}

void execution::hand_over() {
  const std::size_t successor = next();
  if (successor != running_) switch_to(successor);
}

void execution::switch_to(std::size_t successor) {
  fiber& from = *threads_[running_].stack;
  running_ = successor;
  from.switch_to(*threads_[successor].stack);
}

// The running thread first, so that the first choice is never an interruption; then those whose
// wait may time out.
execution::shortlist execution::candidates() const {
  shortlist found;
  const bool can_go_on = running_ != 0 && threads_[running_].now == phase::ready;
  if (can_go_on) found.add(running_);
  if (can_go_on && preemptions_left_ == 0) return found;
  for (const phase wanted : {phase::ready, phase::timed_waiting}) {
    for (std::size_t i = 1; i < threads_.size(); ++i) {
      if (threads_[i].now == wanted && !(can_go_on && i == running_)) found.add(i);
    }
  }
  return found;
}

std::size_t execution::next() {
  shortlist from = candidates();
  if (from.size == 0) {
    end_spinning();
    from = candidates();
  }
  if (from.size != 0) {
    const std::size_t chosen = from.who[choose(from.size)];
    account(chosen);
    return chosen;
  }
  const bool all_ended = std::all_of(threads_.begin() + 1, threads_.end(), [](const thread& each) {
    return each.now == phase::ended || each.now == phase::vanished;
  });
  if (!all_ended) failure_ = "deadlock";
  return 0;
}

// The chosen one makes a step now: those that spin may look again after it.
void execution::account(std::size_t chosen) {
  thread& successor = threads_[chosen];
  if (chosen != running_ && running_ != 0 && threads_[running_].now == phase::ready) {
    --preemptions_left_;
  }
  if (successor.now == phase::timed_waiting) {
    successor.timed_out = true;
    successor.now = phase::ready;
  }
  end_spinning();
}

void execution::end_spinning() {
  for (thread& each : threads_) {
    if (each.now == phase::spinning) each.now = phase::ready;
  }
}

std::size_t execution::choose(std::size_t from) {
  const auto taken = choices_.choose(from);
  if (!taken) fail("not repeatable");
  return taken.value_or(0);
}

std::memory_order execution::effective(const access& a) {
  if (observer_.sites != nullptr) observer_.sites->insert(site_of(a));
  const auto& weaken = bounds_.weaken;
  const bool weaker = weaken && weaken->at.line == a.from.line() && weaken->at == site_of(a);
  return weaker ? weaken->to : a.order;
}

void execution::note(const std::string& what) {
  if (tracing()) observer_.trace->push_back(std::to_string(running_) + " " + what);
}

void execution::fail(const char* failure) {
  if (failure_.empty()) failure_ = failure;
  if (running_ != 0) switch_to(0);
}

}  // namespace model
