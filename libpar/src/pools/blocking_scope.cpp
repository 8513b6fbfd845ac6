#include "par/pools/blocking_scope.h"

namespace par::inline PAR_ABI {
namespace {

thread_local detail::blocking_observer* observer = nullptr;
thread_local int depth = 0;  // Only the outermost scope counts.

}  // namespace

blocking_scope::blocking_scope() noexcept {
  if (observer != nullptr && depth++ == 0) observer->begin_blocking();
}

blocking_scope::~blocking_scope() {
  if (observer != nullptr && --depth == 0) observer->end_blocking();
}

void detail::observe_blocking(blocking_observer* by) noexcept {
  observer = by;
}

}  // namespace par::inline PAR_ABI
