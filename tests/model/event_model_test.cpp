#include "par/locks/event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/event_scenarios.h"
#include "model/prove.h"

namespace {

TEST(event_model, releases_who_waits_and_publishes) {
  model::prove(model::event_proofs<par::event>());
}

TEST(event_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(model::event_proofs<par::event>(), {"event.h", "event.cpp"}),
              testing::IsEmpty());
}

}  // namespace
