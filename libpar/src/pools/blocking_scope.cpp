#include "par/pools/blocking_scope.h"

namespace par::inline PAR_ABI {
namespace {

thread_local detail::task_host* host = nullptr;
thread_local int depth = 0;  // Only the outermost scope counts.

}  // namespace

blocking_scope::blocking_scope() noexcept {
  if (host != nullptr && depth++ == 0) host->begin_blocking();
}

blocking_scope::~blocking_scope() {
  if (host != nullptr && --depth == 0) host->end_blocking();
}

void detail::set_task_host(task_host* by) noexcept {
  host = by;
}

detail::task_host* detail::this_task_host() noexcept {
  return host;
}

}  // namespace par::inline PAR_ABI
