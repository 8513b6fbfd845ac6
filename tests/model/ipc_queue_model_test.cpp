// The ring of messages between processes, of which one may vanish at any step.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/prove.h"
#include "processes/ipc/message_ring.h"

namespace {

using par::close_mode;
using par::queue_errc;
using par::detail::message_ring;
using par::detail::patience;
using par::detail::ring_state;

constexpr std::size_t ring_size = 64;
const patience an_hour = patience::limited(par::deadline::in(std::chrono::hours(1)));
constexpr int most = 5;  // Messages of a scenario, numbered from 0.

// A ring for one message, or for as many as its bytes hold; and what became of each message.
struct shared {
  explicit shared(std::uint64_t capacity) {
    message_ring::make(bytes(), ring_size, capacity, 0);
    ring.emplace(bytes(), 0);
  }
  ~shared() { reinterpret_cast<ring_state*>(memory)->~ring_state(); }
  std::span<std::byte> bytes() { return memory; }

  // The number, some times over.
  std::optional<queue_errc> put(int number, const patience& limits = patience::endlessly(),
                                std::size_t times = 3) {
    begun[number].store(1);
    std::array<int, 7> message{};
    message.fill(number);
    const auto why = ring->put(std::as_bytes(std::span(message).first(times)), limits);
    if (!why) done[number].store(1);
    return why;
  }
  std::optional<queue_errc> get(const patience& limits = patience::endlessly()) {
    std::array<int, 7> message{};
    std::size_t size = 0;
    const auto read = [&](std::span<const std::byte> first, std::span<const std::byte> second) {
      auto* const to = reinterpret_cast<std::byte*>(message.data());
      std::memcpy(to, first.data(), first.size());
      std::memcpy(to + first.size(), second.data(), second.size());
      size = first.size() + second.size();
    };
    const auto why = ring->get(read, limits);
    if (!why) write_down(std::span(message).first(size / sizeof(int)));
    return why;
  }
  void write_down(std::span<const int> message) {
    const int number = message[0];
    const bool known = number >= 0 && number < most;
    if (known && std::ranges::all_of(message, [&](int each) { return each == number; })) {
      got[number].fetch_add(1);
    } else {
      torn.store(1);
    }
  }

  // Takes what is left; then: none torn, none twice, none from nowhere, and of those that were put
  // no more than that many missing.
  bool right(int may_be_missing) {
    while (!get(patience::none())) {
    }
    int missing = 0;
    for (int i = 0; i < most; ++i) {
      if (got[i].load() > 1 || got[i].load() > begun[i].load()) return false;
      if (done[i].load() == 1 && got[i].load() == 0) ++missing;
    }
    return torn.load() == 0 && missing <= may_be_missing && ring->count() == 0;
  }

  alignas(64) std::byte memory[sizeof(ring_state) + ring_size];
  std::optional<message_ring> ring;
  std::array<par::detail::atomic<int>, most> begun, done, got;
  par::detail::atomic<int> torn{0};
};

void passes_messages(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([=] {
    for (int i = 0; i < 2; ++i) all->put(i);
  });
  s.thread([=] {
    for (int i = 0; i < 2; ++i) all->get();
  });
  s.at_end([=] { return all->right(0); });
}

void two_put(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  for (int i = 0; i < 2; ++i) s.thread([=] { all->put(i); });
  s.thread([=] {
    for (int i = 0; i < 2; ++i) all->get();
  });
  s.at_end([=] { return all->right(0); });
}

void two_get(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  s.thread([=] {
    for (int i = 0; i < 2; ++i) all->put(i);
  });
  for (int i = 0; i < 2; ++i) s.thread([=] { all->get(); });
  s.at_end([=] { return all->right(0); });
}

// The ring is full of bytes: each message of 12 takes 16 of 64.
void goes_round(model::scenario& s) {
  auto all = std::make_shared<shared>(100);
  for (int i = 0; i < 3; ++i) {
    const std::array<int, 3> other{};
    static_cast<void>(all->ring->put(std::as_bytes(std::span(other)), patience::none()));
  }
  const auto nothing = [](auto, auto) {};
  s.thread([=] {
    for (int i = 0; i < 2; ++i) all->put(i);
  });
  s.thread([=] {
    for (int i = 0; i < 3; ++i) {
      static_cast<void>(all->ring->get(nothing, patience::endlessly()));
    }
    all->get();
  });
  s.at_end([=] { return all->right(0); });
}

void close_wakes_all(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([=] {
    all->put(0);
    all->put(1);
  });
  s.thread([=] {
    while (!all->get()) {
    }
  });
  s.thread([=] { all->ring->close(close_mode::drain); });
  s.at_end([=] { return all->ring->closed() && all->right(0); });
}

void join_waits(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  all->put(0);
  s.thread([=] {
    static_cast<void>(all->ring->join(patience::endlessly()));
    if (all->got[0].load() == 0) all->torn.store(1);
  });
  s.thread([=] {
    all->get();
    static_cast<void>(all->ring->mark_done());
  });
  s.at_end([=] { return all->right(0); });
}

void dropping_ends_joins(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  all->put(0);
  all->put(1);
  s.thread([=] { static_cast<void>(all->ring->join(patience::endlessly())); });
  s.thread([=] {
    if (!all->get()) static_cast<void>(all->ring->mark_done());
  });
  s.thread([=] { all->ring->close(close_mode::immediate); });
  s.at_end([=] { return all->ring->count() == 0 && !all->ring->join(patience::none()); });
}

void one_gives_up(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([=] { all->get(an_hour); });
  s.thread([=] { all->get(); });
  s.thread([=] {
    all->put(0);
    all->put(1);
  });
  s.at_end([=] { return all->right(0); });
}

// Whatever the mortal one has done, the others must be able to go on.
void one_who_puts_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.mortal([=] { all->put(0); });
  s.thread([=] { all->put(1); });
  s.thread([=] { all->get(); });
  s.at_end([=] { return all->right(0); });
}

void one_who_gets_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.mortal([=] { all->get(); });
  s.thread([=] { all->get(); });
  s.thread([=] {
    all->put(0);
    all->put(1);
  });
  s.at_end([=] { return all->right(1); });
}

// A place that is being prepared does not count: what lies before it is not free yet.
void one_who_gets_from_a_full_ring_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(100);
  for (int i = 0; i < 4; ++i) all->put(i);
  s.mortal([=] {
    all->get();
    all->get();
  });
  s.thread([=] { all->put(4, an_hour, 7); });  // Needs as much room as two of the others.
  s.at_end([=] { return all->right(1); });
}

// Whoever was told that it is closed finds it closed for everybody.
void one_who_closes_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  auto told = std::make_shared<par::detail::atomic<int>>(0);
  all->put(0);
  s.mortal([=] { all->ring->close(close_mode::immediate); });
  s.thread([=] {
    if (all->put(1, an_hour) == queue_errc::closed) told->store(1);
  });
  s.thread([=] {
    if (!all->ring->join(an_hour)) told->store(1);
  });
  s.at_end([=] {
    if (told->load() == 0) return true;
    return all->get(patience::none()) == queue_errc::closed && all->ring->count() == 0;
  });
}

void one_who_marks_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  all->put(0);
  all->put(1);
  s.mortal([=] { static_cast<void>(all->ring->mark_done()); });
  s.thread([=] {
    while (all->ring->mark_done()) {
    }
  });
  s.thread([=] { static_cast<void>(all->ring->join(patience::endlessly())); });
  s.at_end([=] { return all->right(0); });
}

// The scenarios are long: more surprises than these in one run would take hours.
constexpr model::options few = {.stale_reads = 1, .spurious = 0};
constexpr model::options fewer = {.preemptions = 1, .stale_reads = 1, .spurious = 0};

const std::vector<model::proof> proofs = {
    {"passes messages", passes_messages, few},
    {"goes round", goes_round, few},
    {"join", join_waits, few},
    {"two put", two_put, fewer},
    {"two get", two_get, fewer},
    {"gives up", one_gives_up, fewer},
    {"close", close_wakes_all, fewer},
    {"drop", dropping_ends_joins, fewer},
};

constexpr model::options with_a_death = {.preemptions = 1, .stale_reads = 0, .spurious = 0};

const std::vector<model::proof> proofs_with_a_death = {
    {"one who puts", one_who_puts_vanishes, with_a_death},
    {"one who gets", one_who_gets_vanishes, with_a_death},
    {"from a full ring", one_who_gets_from_a_full_ring_vanishes, with_a_death},
    {"one who closes", one_who_closes_vanishes, with_a_death},
    {"one who marks", one_who_marks_vanishes, with_a_death},
};

TEST(ipc_queue_model, moves_each_message_once) {
  model::prove(proofs);
}

TEST(ipc_queue_model, goes_on_when_somebody_vanishes) {
  model::prove(proofs_with_a_death);
}

}  // namespace
