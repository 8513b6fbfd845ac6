#include "par/tbb/tbb_executor.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <stdexcept>

#include "../pools/task_count.h"

namespace par::inline PAR_ABI {

struct tbb_executor::state {
  explicit state(std::size_t threads)
      : size(threads),
        limit(tbb::global_control::max_allowed_parallelism, threads + 1),
        arena(static_cast<int>(threads), 0) {
    arena.initialize();
  }

  const std::size_t size;
  // oneTBB counts the main thread in, though this arena has no place for it.
  tbb::global_control limit;
  tbb::task_arena arena;
  detail::task_count tasks;
};

namespace {

std::size_t checked(std::size_t threads) {
  if (threads == 0) throw std::invalid_argument("tbb_executor: 0 threads");
  return threads;
}

}  // namespace

tbb_executor::tbb_executor(std::size_t threads)
    : state_(std::make_unique<state>(checked(threads))) {}

tbb_executor::~tbb_executor() {
  try {
    state_->tasks.wait_idle();
  } catch (...) {  // Nobody waited for this exception.
  }
}

void tbb_executor::post(unique_function<void()> task) {
  state_->tasks.add();
  // oneTBB copies its functors.
  state_->arena.enqueue(
      [count = &state_->tasks, task = std::make_shared<unique_function<void()>>(std::move(task))] {
        count->run(std::move(*task));
      });
}

void tbb_executor::wait_idle() {
  state_->tasks.wait_idle();
}
std::size_t tbb_executor::concurrency() const noexcept {
  return state_->size;
}

}  // namespace par::inline PAR_ABI
