#include "par/locks/event.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/explorer.h"
#include "model/sync.h"

namespace {

using count = par::detail::atomic<int>;

TEST(event_model, set_releases_every_waiter) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto e = std::make_shared<par::event>();
    auto released = std::make_shared<count>(0);
    for (int i = 0; i < 2; ++i) {
      s.thread([=] {
        e->wait();
        released->fetch_add(1);
      });
    }
    s.thread([=] { e->set(); });
    s.at_end([=] { return released->load() == 2 && e->is_set(); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

// One that gives up leaves `awaited` behind at any moment: setters must cope.
TEST(event_model, setters_and_a_waiter_that_gives_up) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto e = std::make_shared<par::event>();
    s.thread([=] { e->wait_for(std::chrono::hours(1)); });
    s.thread([=] { e->wait(); });
    s.thread([=] { e->set(); });
    s.at_end([=] { return e->is_set(); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(event_model, a_flag_that_flickers_loses_nobody) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto e = std::make_shared<par::event>();
    auto others = std::make_shared<par::event>();
    s.thread([=] {
      e->wait();
      others->set();
    });
    s.thread([=] {
      e->set();
      e->clear();
      e->set();  // For a waiter that came late.
      others->wait();
    });
    s.at_end([=] { return e->is_set() && others->is_set(); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

// Two that ask each other in turn: every set meets exactly one wait.
TEST(event_model, ping_and_pong_never_miss_each_other) {
  const model::verdict v = model::explore([](model::scenario& s) {
    struct table {
      par::event ping, pong;
    };
    auto t = std::make_shared<table>();
    s.thread([=] {
      for (int i = 0; i < 2; ++i) {
        t->ping.set();
        t->pong.wait();
        t->pong.clear();
      }
    });
    s.thread([=] {
      for (int i = 0; i < 2; ++i) {
        t->ping.wait();
        t->ping.clear();
        t->pong.set();
      }
    });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
