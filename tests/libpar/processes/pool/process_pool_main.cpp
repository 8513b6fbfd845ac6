// Tests of process pools, whose program prepares for every start method.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "par/processes/start_method.h"

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
