// A library that a test loads after prepare_processes().
#include "par/processes/process_pool.h"

namespace {

int twice(int number) {
  return 2 * number;
}

}  // namespace

extern "C" void submit_twice(par::process_pool& pool, int number, par::future<int>& result) {
  result = pool.submit<&twice>(number);
}
