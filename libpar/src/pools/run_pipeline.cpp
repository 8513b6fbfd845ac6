#include "par/pools/run_pipeline.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <utility>

#include "par/pools/blocking_scope.h"
#include "par/pools/team.h"
#include "spin.h"
#include "token_ring.h"

namespace par::inline PAR_ABI::detail {
namespace {

using namespace std::chrono_literals;

// How long a thread without work looks for the read turn before it leaves or sleeps.
constexpr auto patience = 20us;

// What it costs to bring a thread: worth it no more often than this.
constexpr auto summons_apart = 50us;

using clock = std::chrono::steady_clock;

class pipeline_run {
 public:
  pipeline_run(executor& on, std::size_t tokens, pipeline_stages& stages)
      : most_helpers_(std::min(on.concurrency(), tokens) - 1),
        stages_(stages),
        ring_(tokens),
        team_(on, help_) {}

  void run() {
    while (!ended()) {
      serve();
      park();
    }
    team_.close();
    if (first_error_ != nullptr) std::rethrow_exception(std::exchange(first_error_, nullptr));
  }

 private:
  // The values of owner_, on which the calling thread sleeps.
  enum : std::uint32_t { awake = 0, parked = 1, over = 2 };

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] bool ended() const noexcept {
    // Acquire: partner of the release in end.
    return owner_.load(std::memory_order_acquire) == over;
  }

  // Carries items as long as the read turn can be had.
  void serve() {
    while (take_read_turn()) carry();
  }

  bool take_read_turn() {
    const auto taken = [this] {
      // Relaxed: only a look. Acquire: partner of the release in offer_read_turn.
      return readable_.load(std::memory_order_relaxed) &&
             readable_.exchange(false, std::memory_order_acquire);
    };
    if (taken()) return true;
    seekers_.fetch_add(1, std::memory_order_relaxed);  // A hint to summon.
    bool got = false;
    spin_for(patience, [&] { return (got = taken()) || ended(); });
    seekers_.fetch_sub(1, std::memory_order_relaxed);
    return got;
  }

  void offer_read_turn() { readable_.store(true, std::memory_order_release); }

  // With the read turn: takes one item in and as far as it will go.
  void carry() {
    token* const one = ring_.enter();
    if (one == nullptr) return;
    one->error = nullptr;
    if (pull(*one)) {
      offer_read_turn();
      summon();
      work(*one);
    }  // Otherwise the read turn is given up for good.
    if (ring_.finish(*one)) write_from(*one);
  }

  bool pull(token& one) noexcept {
    one.holds = token::content::end;
    // Relaxed: at worst one item more is read, and dropped.
    if (failed_at_.load(std::memory_order_relaxed) != never) return false;
    try {
      if (!stages_.pull(ring_.place(one))) return false;
    } catch (...) {
      drop(one, token::content::end);
      return false;
    }
    one.holds = token::content::item;
    return true;
  }

  void work(token& one) noexcept {
    if (one.number > failed_at_.load(std::memory_order_relaxed)) {
      stages_.discard(ring_.place(one));
      one.holds = token::content::nothing;
      return;
    }
    try {
      stages_.work(ring_.place(one));
    } catch (...) {
      drop(one, token::content::nothing);
    }
  }

  // Keeps the exception in flight in the item's place, to come out in its turn.
  void drop(token& one, token::content instead) noexcept {
    one.error = std::current_exception();
    one.holds = instead;
    stages_.discard(ring_.place(one));
    fail(one.number);
  }

  // From item `number` on, work is in vain.
  void fail(std::size_t number) noexcept {
    // Relaxed: it only spares work; the exceptions travel with the items.
    std::size_t seen = failed_at_.load(std::memory_order_relaxed);
    while (number < seen &&
           !failed_at_.compare_exchange_weak(seen, number, std::memory_order_relaxed)) {
    }
  }

  // With the write turn: writes this item and those after it that are finished.
  void write_from(token& first) {
    for (token* one = &first;;) {
      if (!write(*one)) return end();
      if (ring_.vacate(*one)) offer_read_turn();
      token* const next = ring_.next(*one);
      if (next == nullptr) return;
      if (readable_.load(std::memory_order_relaxed)) summon();
      one = next;
    }
  }

  bool write(token& one) noexcept {  // False: that was the end.
    if (first_error_ == nullptr) first_error_ = std::exchange(one.error, nullptr);
    if (one.holds != token::content::item) return one.holds != token::content::end;
    try {
      if (first_error_ == nullptr) stages_.emit(ring_.place(one));
    } catch (...) {
      first_error_ = std::current_exception();
      fail(one.number);
    }
    stages_.discard(ring_.place(one));
    return true;
  }

  void end() noexcept {
    // Release: partner of the acquires in ended and park.
    if (owner_.exchange(over, std::memory_order_release) == parked) futex_wake_all(owner_);
  }

  // Somebody should take the read turn while this thread is busy.
  void summon() {
    if (most_helpers_ == 0 || seekers_.load(std::memory_order_relaxed) > 0) return;
    // Relaxed, here and below: hints. The turn itself is handed over by readable_.
    const bool sleeps = owner_.load(std::memory_order_relaxed) == parked;
    std::size_t helpers = helpers_.load(std::memory_order_relaxed);
    if ((!sleeps && helpers >= most_helpers_) || !may_summon()) return;
    if (std::uint32_t seen = parked;
        sleeps && owner_.compare_exchange_strong(seen, awake, std::memory_order_relaxed)) {
      futex_wake_all(owner_);
    } else if (helpers < most_helpers_ &&
               helpers_.compare_exchange_strong(helpers, helpers + 1, std::memory_order_relaxed)) {
      team_.call(1);
    }
  }

  // Once for each thread that may come, then once in a while: where items are small and threads
  // leave as fast as they are brought, bringing them would cost more than the items.
  bool may_summon() {
    const auto now = clock::now().time_since_epoch().count();
    constexpr auto apart = clock::duration(summons_apart).count();
    auto next = next_summon_.load(std::memory_order_relaxed);
    if (next - now > apart * static_cast<clock::rep>(most_helpers_ - 1)) return false;
    return next_summon_.compare_exchange_strong(next, std::max(next, now) + apart,
                                                std::memory_order_relaxed);
  }

  void help() {
    serve();
    helpers_.fetch_sub(1, std::memory_order_relaxed);
  }

  // The calling thread found nothing to do: until it is summoned, or all is over.
  void park() {
    std::uint32_t seen = awake;
    if (!owner_.compare_exchange_strong(seen, parked, std::memory_order_acquire)) return;
    // A read turn that was offered before anybody could know that this thread sleeps.
    seen = parked;
    if (readable_.load() && owner_.compare_exchange_strong(seen, awake)) return;
    const blocking_scope scope;
    while (owner_.load(std::memory_order_acquire) == parked) {
      static_cast<void>(futex_wait(owner_, parked));
    }
  }

  const std::size_t most_helpers_;
  pipeline_stages& stages_;
  token_ring ring_;
  std::exception_ptr first_error_;  // In the order of the items. With the write turn.
  const struct {
    pipeline_run& self;
    void operator()() const { self.help(); }
  } help_{*this};

  alignas(64) atomic<bool> readable_{true};  // The read turn is for anybody.
  alignas(64) atomic<std::uint32_t> owner_{awake};
  atomic<std::uint32_t> seekers_{0};  // Threads that look for the read turn.
  atomic<std::size_t> helpers_{0};    // Called, or inside.
  atomic<std::size_t> failed_at_{never};
  atomic<clock::rep> next_summon_{0};
  team team_;  // Last: closed before the rest goes.
};

}  // namespace

std::size_t checked_tokens(std::size_t tokens) {
  if (tokens == 0) throw std::invalid_argument("pipeline: 0 tokens");
  return tokens;
}

void run_pipeline(executor& on, std::size_t tokens, pipeline_stages& stages) {
  pipeline_run(on, checked_tokens(tokens), stages).run();
}

}  // namespace par::inline PAR_ABI::detail
