#include "par/base/pooled_frame.h"

#include <array>
#include <new>
#include <utility>

namespace par::inline PAR_ABI::detail {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool always_heap = true;
#elif defined(__has_feature)
constexpr bool always_heap = __has_feature(address_sanitizer);
#else
constexpr bool always_heap = false;
#endif

constexpr std::size_t step = 16;
constexpr std::size_t largest = 1024;
constexpr std::size_t bytes_kept = 64 * std::size_t{1024};  // Of each size.

static_assert(step >= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

struct unused_frame {
  unused_frame* next;
};

struct size_class {
  unused_frame* first = nullptr;
  std::size_t count = 0;
};

enum class life { unused, in_use, over };

// Without a constructor and destructor to run, so that frames can still end here when the
// thread-local objects of the thread are being destroyed.
struct frame_lists {
  std::array<size_class, largest / step> classes;
  life stage = life::unused;
};

constinit thread_local frame_lists lists;

// Returns the memory when the thread ends.
class cleaner {
 public:
  cleaner() noexcept { lists.stage = life::in_use; }
  cleaner(const cleaner&) = delete;
  cleaner& operator=(const cleaner&) = delete;

  ~cleaner() {
    lists.stage = life::over;
    for (size_class& each : lists.classes) {
      while (each.first != nullptr) {
        unused_frame* const frame = std::exchange(each.first, each.first->next);
        ::operator delete(frame);
      }
    }
  }
};

// False: the thread is about to end.
bool can_keep() noexcept {
  if (lists.stage == life::unused) static const thread_local cleaner at_exit;
  return lists.stage == life::in_use;
}

bool is_pooled(std::size_t size) noexcept {
  return !always_heap && size - 1 < largest;
}

std::size_t class_of(std::size_t size) noexcept {
  return (size - 1) / step;
}

std::size_t size_of_class(std::size_t which) noexcept {
  return (which + 1) * step;
}

}  // namespace

void* pooled_frame::operator new(std::size_t size) {
  if (!is_pooled(size)) return ::operator new(size);
  const std::size_t which = class_of(size);
  size_class& kept = lists.classes[which];
  if (kept.first == nullptr) return ::operator new(size_of_class(which));
  --kept.count;
  return std::exchange(kept.first, kept.first->next);
}

void pooled_frame::operator delete(void* frame, std::size_t size) noexcept {
  if (!is_pooled(size)) return ::operator delete(frame);
  const std::size_t which = class_of(size);
  size_class& kept = lists.classes[which];
  if (!can_keep() || (kept.count + 1) * size_of_class(which) > bytes_kept) {
    return ::operator delete(frame);
  }
  ++kept.count;
  kept.first = ::new (frame) unused_frame{kept.first};
}

}  // namespace par::inline PAR_ABI::detail
