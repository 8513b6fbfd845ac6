#include "model/data.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <string>

#include "model/explorer.h"
#include "model/sync.h"

namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;

struct shared {
  model::data<int> value;
  par::detail::atomic<int> flag{0};
};

std::string failure_of_passing(std::memory_order store, std::memory_order load) {
  return model::explore([=](model::scenario& s) {
           auto all = std::make_shared<shared>();
           s.thread([all, store] {
             all->value.set(7);
             all->flag.store(1, store);
           });
           s.thread([all, load] {
             if (all->flag.load(load) == 1) static_cast<void>(all->value.get());
           });
         })
      .failure;
}

TEST(data, passes_from_thread_to_thread_by_release_and_acquire) {
  EXPECT_EQ(failure_of_passing(release, acquire), "");
  EXPECT_EQ(failure_of_passing(relaxed, acquire), "data race");
  EXPECT_EQ(failure_of_passing(release, relaxed), "data race");
}

TEST(data, may_be_read_by_two_at_once) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>();
    for (int i = 0; i < 2; ++i) s.thread([all] { static_cast<void>(all->value.get()); });
  });
  EXPECT_TRUE(v.holds()) << v;
}

TEST(data, may_not_be_written_while_another_reads) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>();
    s.thread([all] { static_cast<void>(all->value.get()); });
    s.thread([all] { all->value.set(1); });
  });
  EXPECT_EQ(v.failure, "data race");
}

// The second object in the same place must come after the last use of the first.
std::string failure_of_reuse(std::memory_order handed_back, std::memory_order taken) {
  return model::explore([=](model::scenario& s) {
           struct cell {
             alignas(model::data<int>) std::byte bytes[sizeof(model::data<int>)];
             par::detail::atomic<int> free{0};
             model::data<int>* make() { return ::new (bytes) model::data<int>(1); }
           };
           auto at = std::make_shared<cell>();
           auto* const first = at->make();
           s.thread([at, first, handed_back] {
             first->~data();
             at->free.store(1, handed_back);
           });
           s.thread([at, taken] {
             if (at->free.load(taken) == 1) at->make()->~data();
           });
         })
      .failure;
}

TEST(data, is_watched_beyond_its_life) {
  EXPECT_EQ(failure_of_reuse(release, acquire), "");
  EXPECT_EQ(failure_of_reuse(relaxed, acquire), "data race");
}

// The allocator orders the users of a piece of memory, whoever they are.
TEST(data, in_memory_given_out_anew_is_new) {
  const model::verdict v = model::explore([](model::scenario& s) {
    for (int i = 0; i < 2; ++i) {
      s.thread([] { static_cast<void>(std::make_unique<model::data<int>>(1)); });
    }
  });
  EXPECT_TRUE(v.holds()) << v;
}

TEST(data, atomics_are_made_before_they_are_used) {
  const auto failure = [](std::memory_order store) {
    return model::explore([=](model::scenario& s) {
             struct published {
               par::detail::atomic<par::detail::atomic<int>*> at{nullptr};
               std::unique_ptr<par::detail::atomic<int>> keeps;
             };
             auto all = std::make_shared<published>();
             s.thread([all, store] {
               all->keeps = std::make_unique<par::detail::atomic<int>>(1);
               all->at.store(all->keeps.get(), store);
             });
             s.thread([all] {
               if (auto* const seen = all->at.load(acquire)) seen->fetch_add(1, relaxed);
             });
           })
        .failure;
  };
  EXPECT_EQ(failure(release), "");
  EXPECT_EQ(failure(relaxed), "data race");
}

// The last user of a counted object must know of all that the others did with it.
TEST(data, atomics_are_used_before_they_are_destroyed) {
  const auto failure = [](std::memory_order drop) {
    return model::explore([=](model::scenario& s) {
             struct counted {
               par::detail::atomic<int> used{0};
             };
             auto users = std::make_shared<par::detail::atomic<int>>(2);
             auto* const object = new counted;
             for (int i = 0; i < 2; ++i) {
               s.thread([users, object, drop] {
                 object->used.fetch_add(1, relaxed);
                 if (users->fetch_sub(1, drop) == 1) delete object;
               });
             }
           })
        .failure;
  };
  EXPECT_EQ(failure(std::memory_order_acq_rel), "");
  EXPECT_EQ(failure(acquire), "data race");
  EXPECT_EQ(failure(release), "data race");
}

TEST(data, an_atomic_knows_nothing_of_those_before_it) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto sum = std::make_shared<int>(0);
    s.thread([sum] {
      for (int i = 0; i < 3; ++i) {
        par::detail::atomic<int> next{10};
        *sum += next.fetch_add(1);
      }
    });
    s.at_end([sum] { return *sum == 30; });
  });
  EXPECT_TRUE(v.holds()) << v;
}

TEST(data, an_atomic_that_is_gone_is_not_used) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto at = std::make_shared<std::optional<par::detail::atomic<int>>>(std::in_place, 0);
    s.thread([at] { at->reset(); });
    s.thread([at] { (*at)->fetch_add(1); });
  });
  EXPECT_FALSE(v.holds());
}

}  // namespace
