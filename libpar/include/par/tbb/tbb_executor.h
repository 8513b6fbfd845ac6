// oneTBB as an executor, to compare ours against.
#pragma once

#include <cstddef>
#include <memory>

#include "par/pools/executor.h"

namespace par::inline PAR_ABI {

// As executor says, except that oneTBB alone decides the order in which tasks start.
class tbb_executor final : public executor {
 public:
  // threads >= 1, else std::invalid_argument. oneTBB's threads are shared by the whole process.
  explicit tbb_executor(std::size_t threads);
  ~tbb_executor() override;

  void post(unique_function<void()> task) override;
  void wait_idle() override;
  [[nodiscard]] std::size_t concurrency() const noexcept override;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace par::inline PAR_ABI
