// A thousand deaths with each start method; what tests look at with a few dozen.
#include <gtest/gtest.h>

#include "libpar/processes/pool/kill_under_load.h"
#include "libpar/processes/pool/pool_tasks.h"

namespace par {
namespace {

class process_pool_stress : public pool_test {};
INSTANTIATE_TEST_SUITE_P(each, process_pool_stress, each_start_method(), name_of_case);

TEST_P(process_pool_stress, survives_a_thousand_deaths) {
  kill_under_load(GetParam(), 1000);
}

}  // namespace
}  // namespace par
