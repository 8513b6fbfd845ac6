// Tests of processes, whose program prepares for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "libpar/processes/scenarios.h"
#include "par/processes/start_method.h"

int main(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first.starts_with(par::scenario_option)) return par::run_scenario(first, argc, argv);
  par::prepare_processes(argc, argv);
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
