// What every event must do, be it between threads or between processes.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/sync.h"

namespace model {

// What one side writes before it sets, the other reads after it has waited.
template <class Event>
struct handed {
  Event up;
  Event back;
  data<int> value{0};
};

// Whatever has happened to it, it goes up and down.
template <class Event>
bool works(Event& e) {
  e.set();
  if (!e.is_set()) return false;
  if (!e.wait_for(std::chrono::hours(1))) return false;
  e.clear();
  return !e.is_set();
}

template <class Event>
void releases_every_waiter(scenario& s) {
  auto h = std::make_shared<handed<Event>>();
  auto seen = std::make_shared<std::vector<data<int>>>(2);
  for (std::size_t i = 0; i < 2; ++i) {
    s.thread([=] {
      h->up.wait();
      (*seen)[i].set(h->value.get());
    });
  }
  s.thread([=] {
    h->value.set(7);
    h->up.set();
  });
  s.at_end([=] { return (*seen)[0].get() == 7 && (*seen)[1].get() == 7 && h->up.is_set(); });
}

// One that gives up leaves `awaited` behind at any moment: setters must cope.
template <class Event>
void meets_one_that_gives_up(scenario& s) {
  auto h = std::make_shared<handed<Event>>();
  s.thread([=] { h->up.wait_for(std::chrono::hours(1)); });
  s.thread([=] { h->up.wait(); });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->up.is_set() && works(h->up); });
}

template <class Event>
void flickers_and_loses_nobody(scenario& s) {
  auto h = std::make_shared<handed<Event>>();
  s.thread([=] {
    h->up.wait();
    h->back.set();
  });
  s.thread([=] {
    h->up.set();
    h->up.clear();
    h->up.set();  // For a waiter that came late.
    h->back.wait();
  });
  s.at_end([=] { return h->up.is_set() && h->back.is_set(); });
}

// Two that ask each other in turn: every set meets exactly one wait.
template <class Event>
void goes_to_and_fro(scenario& s) {
  auto h = std::make_shared<handed<Event>>();
  s.thread([=] {
    for (int i = 0; i < 2; ++i) {
      h->value.set(h->value.get() + 1);
      h->up.set();
      h->back.wait();
      h->back.clear();
    }
  });
  s.thread([=] {
    for (int i = 0; i < 2; ++i) {
      h->up.wait();
      h->up.clear();
      h->value.set(h->value.get() + 1);
      h->back.set();
    }
  });
  s.at_end([=] { return h->value.get() == 4; });
}

template <class Event>
void is_asked(scenario& s) {
  auto h = std::make_shared<handed<Event>>();
  auto seen = std::make_shared<data<int>>(7);
  s.thread([=] {
    h->value.set(7);
    h->up.set();
  });
  s.thread([=] {
    if (h->up.is_set()) seen->set(h->value.get());
  });
  s.at_end([=] { return seen->get() == 7; });
}

// One that clears the flag before it looks for work must find the work of all who set it: they will
// not set it again. Not data, since it may look while they write.
template <class Event>
void is_cleared_before_looking(scenario& s) {
  struct desk {
    Event up;
    std::array<par::detail::atomic<int>, 2> work{};
  };
  auto d = std::make_shared<desk>();
  for (std::size_t i = 0; i < 2; ++i) {
    s.thread([=] {
      d->work[i].store(1, std::memory_order_relaxed);
      d->up.set();
    });
  }
  s.thread([=] {
    for (int found = 0; found < 2;) {
      d->up.wait();
      d->up.clear();
      found = 0;
      for (const auto& each : d->work) found += each.load(std::memory_order_relaxed);
    }
  });
}

template <class Event>
std::vector<proof> event_proofs(const options& bounds = {}) {
  return {
      {"every waiter", releases_every_waiter<Event>, bounds},
      {"gives up", meets_one_that_gives_up<Event>, bounds},
      {"flickers", flickers_and_loses_nobody<Event>, bounds},
      {"to and fro", goes_to_and_fro<Event>, bounds},
      {"is asked", is_asked<Event>, bounds},
      {"is cleared before looking", is_cleared_before_looking<Event>, bounds},
  };
}

}  // namespace model
