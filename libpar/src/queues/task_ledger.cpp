#include "par/queues/task_ledger.h"

#include <stdexcept>

namespace par::inline PAR_ABI::detail {

void task_ledger::refuse() {
  throw std::logic_error("queue: task_done() called too many times");
}

}  // namespace par::inline PAR_ABI::detail
