// A queue between processes as an argument, with each start method.
#include <gtest/gtest.h>

#include "libpar/processes/start_methods.h"
#include "par/processes/ipc/joinable_queue.h"

namespace par {
namespace {

int add_up(const ipc::joinable_queue<int>& numbers, const ipc::queue<int>& sums) {
  int sum = 0;
  for (const int each : numbers.consume()) {
    sums.put(sum += each);
    numbers.task_done();
  }
  return sum;
}

using ipc_queue_argument = started_by;

TEST_P(ipc_queue_argument, is_the_same_queue_in_the_child) {
  const ipc::joinable_queue<int> numbers(1);
  const ipc::queue<int> sums;
  process child(with(), bound<&add_up>(numbers, sums));
  for (const int each : {1, 2, 4}) numbers.put(each);
  numbers.join();
  for (const int each : {1, 3, 7}) EXPECT_EQ(sums.get(), each);
  numbers.close();
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(7));
}

INSTANTIATE_TEST_SUITE_P(each, ipc_queue_argument, each_start_method(), name_of_case);

}  // namespace
}  // namespace par
