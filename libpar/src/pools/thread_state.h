// What a thread, its owner and its handles share.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "par/base/sync.h"
#include "par/base/unique_function.h"
#include "par/locks/event.h"
#include "par/pools/thread_handle.h"

namespace par::inline PAR_ABI::detail {

struct thread_state : std::enable_shared_from_this<thread_state> {
  // `lost`: it was another's thread when this process was forked off.
  enum phase : std::uint32_t { made, alive, ended, lost };

  [[nodiscard]] static thread_handle handle_of(std::shared_ptr<thread_state> state) {
    return thread_handle(std::move(state));
  }

  [[nodiscard]] bool is(phase which) const noexcept { return now.load() == which; }

  std::uint64_t ident = 0;
  std::string name;     // Guarded by the registry.
  bool daemon = false;  // This and the next three: fixed at the start.
  std::vector<int> cpus;
  std::size_t stack_size = 0;
  pthread_t pthread{};
  unique_function<void(std::stop_token)> body;  // The owner's until the start, then the thread's.
  std::stop_source stop;
  atomic<std::uint32_t> now{made};
  atomic<std::uint32_t> native_id{0};  // A futex until the thread has put its number there.
  event over;                          // It has ended.
  atomic<bool> detached{false};
  bool joined = false;  // The owner's.
};

}  // namespace par::inline PAR_ABI::detail
