#include "pools/token_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/prove.h"

namespace {

using par::detail::token;
using par::detail::token_ring;

// A pipeline of numbers without its engine: threads that carry items as long as the read turn can
// be had. What the places hold, and what source and sink know, is plain data.
struct line {
  line(std::size_t size, int items) : ring(size), count(items) {}

  token_ring ring;
  const int count;
  par::detail::atomic<bool> readable{true};
  model::data<int> source{0};
  std::array<model::data<int>, 3> places;
  model::data<int> sink{0};  // How many were written.
  model::data<bool> ordered{true};
  model::data<bool> ended{false};

  void serve() {
    while (readable.exchange(false, std::memory_order_acquire)) carry();
  }

  void carry() {
    token* const one = ring.enter();
    if (one == nullptr) return;
    const int item = source.get();
    one->holds = item < count ? token::content::item : token::content::end;
    if (item < count) {
      source.set(item + 1);
      readable.store(true, std::memory_order_release);
      places[ring.place(*one)].set(item);
    }
    if (ring.finish(*one)) write_from(one);
  }

  void write_from(token* one) {
    while (one != nullptr) {
      if (one->holds == token::content::end) return ended.set(true);
      ordered.set(ordered.get() && places[ring.place(*one)].get() == sink.get());
      sink.set(sink.get() + 1);
      if (ring.vacate(*one)) readable.store(true, std::memory_order_release);
      one = ring.next(*one);
    }
  }
};

model::test carriers(std::size_t threads, std::size_t places, int items) {
  return [=](model::scenario& s) {
    auto all = std::make_shared<line>(places, items);
    for (std::size_t i = 0; i < threads; ++i) s.thread([all] { all->serve(); });
    s.at_end(
        [all] { return all->ended.get() && all->ordered.get() && all->sink.get() == all->count; });
  };
}

const std::vector<model::proof> proofs = {
    {"one place", carriers(2, 1, 2)},
    {"two places", carriers(2, 2, 3)},
    {"three places", carriers(2, 3, 2)},
    // The third thread may lay down the read turn while the second still works on its item.
    {"three threads", carriers(3, 2, 2), {.stale_reads = 0}},
};

TEST(token_ring_model, writes_all_in_order_and_ends) {
  model::prove(proofs);
}

// The acquire of vacate publishes where the read turn is, a plain number of the ring that the
// explorer does not watch; what the source knows also comes by the place's own word.
TEST(token_ring_model, needs_every_order_but_one_that_is_not_watched) {
  EXPECT_THAT(model::needless_orders(proofs, {"token_ring.h"}),
              model::are_only({"token_ring.h vacate modify acq_rel -> release"}));
}

}  // namespace
