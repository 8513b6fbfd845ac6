#include "steal_deque.h"

namespace par::inline PAR_ABI::detail {
namespace {

#ifdef PAR_MODEL
constexpr std::int64_t first_size = 2;  // So that growing is explored too.
#else
constexpr std::int64_t first_size = 64;
#endif

}  // namespace

steal_deque::steal_deque() {
  rings_.push_back(std::make_unique<ring>(first_size));
  ring_.store(rings_.back().get(), std::memory_order_relaxed);
}

steal_deque::~steal_deque() = default;

void steal_deque::make_room() {
  // Relaxed: only the owner writes bottom_ and ring_.
  const std::int64_t bottom = bottom_.load(std::memory_order_relaxed);
  // Acquire: partner of the thieves' exchange of top_; a place they have read may be written again.
  const std::int64_t top = top_.load(std::memory_order_acquire);
  if (bottom - top >= ring_.load(std::memory_order_relaxed)->size()) grow(top, bottom);
}

void steal_deque::push(job& added, const void* scope) noexcept {
  const std::int64_t bottom = bottom_.load(std::memory_order_relaxed);
  ring_.load(std::memory_order_relaxed)->put(bottom, &added, scope);
  bottom_.exchange(bottom + 1);
}

job* steal_deque::pop() noexcept {
  if (newest() == nullptr) return nullptr;
  const std::int64_t bottom = bottom_.load(std::memory_order_relaxed) - 1;
  ring* const places = ring_.load(std::memory_order_relaxed);
  // From here on a thief that has not yet read bottom_ leaves this place alone.
  bottom_.exchange(bottom);
  std::int64_t top = top_.load();
  if (top > bottom) {
    bottom_.store(bottom + 1, std::memory_order_relaxed);
    return nullptr;
  }
  job* const taken = places->get(bottom);
  if (top < bottom) return taken;
  // The last one: whoever moves top_ has it. Release: partner of the acquire in steal; a thief that
  // sees top_ moved sees bottom_ moved back, too.
  const bool mine = top_.compare_exchange_strong(top, top + 1, std::memory_order_release,
                                                 std::memory_order_relaxed);
  bottom_.store(bottom + 1, std::memory_order_relaxed);
  return mine ? taken : nullptr;
}

template <class Wanted>
job* steal_deque::steal_if(Wanted wanted) noexcept {
  for (;;) {
    // Acquire: partner of the exchanges of top_. Were it read after bottom_, pop might have taken
    // in between what lies below the old bottom_.
    std::int64_t top = top_.load(std::memory_order_acquire);
    if (top >= bottom_.load()) return nullptr;
    // Acquire: partner of the release in grow, for what is in the ring.
    const ring* const places = ring_.load(std::memory_order_acquire);
    job* const taken = places->get(top);
    if (!wanted(places->scope(top))) return nullptr;
    if (top_.compare_exchange_strong(top, top + 1, std::memory_order_seq_cst,
                                     std::memory_order_relaxed)) {
      return taken;
    }
  }
}

job* steal_deque::steal() noexcept {
  return steal_if([](const void*) { return true; });
}

job* steal_deque::steal(const void* scope) noexcept {
  return steal_if([scope](const void* its) { return its == scope; });
}

job* steal_deque::newest() noexcept {
  const std::int64_t bottom = bottom_.load(std::memory_order_relaxed);
  if (top_.load(std::memory_order_relaxed) >= bottom) return nullptr;
  return ring_.load(std::memory_order_relaxed)->get(bottom - 1);
}

bool steal_deque::empty() const noexcept {
  // Relaxed: whatever was pushed before bottom_ was read is gone if top_ has come so far.
  const std::int64_t top = top_.load(std::memory_order_relaxed);
  return top >= bottom_.load();
}

void steal_deque::grow(std::int64_t top, std::int64_t bottom) {
  ring* const old = ring_.load(std::memory_order_relaxed);
  rings_.push_back(std::make_unique<ring>(2 * old->size()));
  ring* const larger = rings_.back().get();
  for (std::int64_t i = top; i < bottom; ++i) larger->put(i, old->get(i), old->scope(i));
  // Release: partner of the acquire in steal.
  ring_.store(larger, std::memory_order_release);
}

}  // namespace par::inline PAR_ABI::detail
