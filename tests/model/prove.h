// Explores the scenarios of a primitive inside a test.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "model/needless_orders.h"

namespace model {

// Each must hold, and must have had more than one way to go.
inline void prove(const std::vector<proof>& scenarios) {
  for (const proof& each : scenarios) {
    SCOPED_TRACE(each.name);
    const verdict v = explore(each.make, each.bounds);
    EXPECT_TRUE(v.holds()) << v;
    EXPECT_GT(v.runs, 1U);
  }
}

}  // namespace model
