#include "copytree/run/context.h"

#include <exception>

namespace copytree {

context::context(const surroundings& from, const options& with)
    : fs(from.fs),
      executor(from.executor),
      stop(from.stop),
      events(from.events),
      counts(from.counts),
      others(from.others),
      how(with),
      rules{.wanted = with.preserve, .umask = with.umask, .privileged = with.privileged},
      budget(with.descriptors, from.executor.concurrency()),
      links(with.descriptors / 32),
      in_the_way(with.mirror),
      disk(with),
      checks(with.descriptors / 32) {
  if (with.bytes_per_second == 0) return;
  if (others == nullptr) {
    limit.emplace(with.bytes_per_second, time);
  } else {
    limit.emplace(with.bytes_per_second, time, others->spent());
  }
}

// What comes back from others is a task here, which may hand out more.
void context::wait_idle() {
  std::exception_ptr first;
  do {
    try {
      executor.wait_idle();
    } catch (...) {
      if (first == nullptr) first = std::current_exception();
    }
  } while (others != nullptr && others->wait_idle());
  if (first != nullptr) std::rethrow_exception(first);
}

}  // namespace copytree
