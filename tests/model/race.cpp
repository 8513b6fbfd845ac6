#include "model/race.h"

#include <cstdlib>
#include <new>

#include "model/execution.h"

namespace model {

race_detector::history& race_detector::place(const void* at) {
  busy_ = true;
  history& found = places_[static_cast<const char*>(at)];
  busy_ = false;
  return found;
}

bool race_detector::read(const void* at, event now, const vector_clock& known) {
  history& place = this->place(at);
  place.read.learn(now);
  return known.knows(place.written);
}

bool race_detector::write(const void* at, event now, const vector_clock& known) {
  history& place = this->place(at);
  const bool ordered = known.knows(place.written) && known.knows(place.read);
  place.written = now;
  return ordered;
}

void race_detector::forget(const void* from, std::size_t bytes) {
  if (busy_ || places_.empty()) return;
  const char* const first = static_cast<const char*>(from);
  if (first > places_.rbegin()->first || first + bytes <= places_.begin()->first) return;
  places_.erase(places_.lower_bound(first), places_.lower_bound(first + bytes));
}

namespace {

void* given_out(void* memory, std::size_t bytes) {
  if (memory == nullptr) throw std::bad_alloc();
  if (execution* const here = execution::current()) here->races().forget(memory, bytes);
  return memory;
}

}  // namespace
}  // namespace model

// The allocator as the race detector has to see it; the other forms of new end up in these.
void* operator new(std::size_t bytes) {
  return model::given_out(std::malloc(bytes != 0 ? bytes : 1), bytes);
}
void* operator new(std::size_t bytes, std::align_val_t align) {
  const auto to = static_cast<std::size_t>(align);
  return model::given_out(std::aligned_alloc(to, (bytes + to - 1) / to * to), bytes);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
