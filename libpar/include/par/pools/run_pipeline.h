// The engine of pipeline: who does which stage of which item when.
#pragma once

#include <cstddef>

#include "par/pools/executor.h"

namespace par::inline PAR_ABI::detail {

// The stages of a pipeline by the place where an item is kept, from 0 to tokens - 1. For one place
// the calls come in turn: pull, then work and emit, or neither, where something has thrown; in the
// end discard. pull and emit are each called by one thread at a time.
class pipeline_stages {
 public:
  virtual bool pull(std::size_t at) = 0;  // False: there are no more items.
  virtual void work(std::size_t at) = 0;
  virtual void emit(std::size_t at) = 0;
  virtual void discard(std::size_t at) noexcept = 0;

 protected:
  ~pipeline_stages() = default;
};

// The number itself; throws std::invalid_argument if it is 0.
[[nodiscard]] std::size_t checked_tokens(std::size_t tokens);

// Returns, and throws, as pipeline does.
void run_pipeline(executor& on, std::size_t tokens, pipeline_stages& stages);

}  // namespace par::inline PAR_ABI::detail
