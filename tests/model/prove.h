// Explores the scenarios of a primitive inside a test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/needless_orders.h"
#include "model/sanitized.h"

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

// For what needless_orders returns: nothing but these. A sanitizer's build looks for none.
inline auto are_only(const std::vector<std::string>& known) {
  return testing::UnorderedElementsAreArray(sanitized ? std::vector<std::string>() : known);
}

}  // namespace model
