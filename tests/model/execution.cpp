#include "model/execution.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include "model/location.h"

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
      early_timeouts_left_(bounds.early_timeouts),
      vanishings_left_(bounds.vanishings) {}

execution::~execution() {
  for (std::size_t i = 1; i < threads_.size(); ++i) {
    if (threads_[i].now == phase::vanished) {  // Still in the middle of something.
      location::forget_those_in(threads_[i].stack->stack());
      continue;
    }
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

bool execution::has_ended(std::size_t thread) {
  const phase now = threads_[thread].now;
  if (now != phase::ended && now != phase::vanished) return false;
  known().learn(threads_[thread].known);
  return true;
}

bool execution::wait(const void* word, par::deadline until) {
  thread& self = threads_[running_];
  self.word = word;
  self.timed_out = false;
  self.until = until;
  self.now = until.is_never() ? phase::waiting : phase::timed_waiting;
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
