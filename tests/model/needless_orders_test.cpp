#include "model/needless_orders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "model/data.h"
#include "model/sanitized.h"
#include "model/sync.h"

namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;

const std::string this_file = "needless_orders_test.cpp";

// Passes a value, and counts it: the count tells nobody anything before the end.
void passes_and_counts(model::scenario& s, std::memory_order flag, std::memory_order count) {
  struct shared {
    model::data<int> value;
    par::detail::atomic<int> flag{0};
    par::detail::atomic<int> passed{0};
  };
  auto all = std::make_shared<shared>();
  s.thread([all, flag, count] {
    all->value.set(7);
    all->flag.store(1, flag);
    all->passed.fetch_add(1, count);
  });
  s.thread([all] {
    if (all->flag.load(std::memory_order_acquire) == 1) static_cast<void>(all->value.get());
  });
}

std::vector<std::string> needless_in(std::memory_order flag, std::memory_order count) {
  return model::needless_orders(
      {{"passes and counts", [=](model::scenario& s) { passes_and_counts(s, flag, count); }}},
      {this_file});
}

TEST(needless_orders, are_none_where_each_is_needed) {
  EXPECT_THAT(needless_in(std::memory_order_release, std::memory_order_relaxed), IsEmpty());
}

TEST(needless_orders, are_told_by_place_and_step) {
  if (model::sanitized) GTEST_SKIP();
  EXPECT_THAT(needless_in(std::memory_order_release, std::memory_order_release),
              ElementsAre(EndsWith("release -> relaxed")));
  EXPECT_THAT(needless_in(std::memory_order_seq_cst, std::memory_order_relaxed),
              ElementsAre(EndsWith("seq_cst -> release")));
  EXPECT_THAT(needless_in(std::memory_order_release, std::memory_order_acq_rel),
              ElementsAre(EndsWith("acq_rel -> acquire"), EndsWith("acq_rel -> release")));
}

TEST(needless_orders, refuse_a_file_without_any) {
  if (model::sanitized) GTEST_SKIP();
  EXPECT_THROW(static_cast<void>(model::needless_orders(
                   {{"nothing", [](model::scenario& s) { s.thread([] {}); }}}, {this_file})),
               std::logic_error);
}

TEST(sites, are_those_stronger_than_relaxed) {
  const auto found =
      model::sites({{"passes and counts",
                     [](model::scenario& s) {
                       passes_and_counts(s, std::memory_order_release, std::memory_order_relaxed);
                     }}},
                   {this_file});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].what, model::operation::store);
  EXPECT_EQ(found[0].order, std::memory_order_release);
  EXPECT_EQ(found[1].what, model::operation::load);
  EXPECT_EQ(found[1].order, std::memory_order_acquire);
}

}  // namespace
