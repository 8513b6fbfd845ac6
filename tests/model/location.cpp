#include "model/location.h"

#include <algorithm>
#include <string>

#include "model/execution.h"

namespace model {
namespace {

std::string text(const access& a, const char* what, std::memory_order order) {
  return describe(a.from) + " " + what + " " + name(order);
}

void must_know(execution& here, bool ordered) {
  if (!ordered) here.fail("data race");
}

}  // namespace

void location::be_born() {
  execution* const here = execution::current();
  if (here == nullptr) return;
  born_in_ = here->id();
  born_ = here->now();
}

void location::die() {
  execution* const here = execution::current();
  if (here != nullptr && history_ != nullptr && history_->run == here->id()) {
    must_know(*here, here->known().knows(history_->touched));
  }
  state_ = 0;
  if (history_ != nullptr) make_spare(*history_);
}

execution* location::enter(const access& a) const {
  execution* const here = execution::current();
  if (here == nullptr) return nullptr;
  here->pause();
  if (state_ != alive) {
    here->note(describe(a.from) + " uses an atomic that is gone");
    here->fail("used after its end");
  }
  const event born = born_in_ == here->id() ? born_ : event{};
  if (history_ == nullptr) history_ = new_history(this);
  if (history_->run != here->id()) history_->begin(here->id(), {newest_, born, {}});
  history_->touched.learn(here->now());
  must_know(*here, here->known().knows(born));
  return here;
}

// Whoever knows of a store reads nothing older; and nobody goes back behind a read that he knows
// of, his own among them.
std::size_t location::oldest_readable(execution& here) const {
  const vector_clock& known = here.known();
  std::size_t oldest = 0;
  for (std::size_t i = history_->stores.size() - 1; i > oldest; --i) {
    if (known.knows(history_->stores[i].by)) oldest = i;
  }
  for (const seen& each : history_->reads) {
    if (each.index > oldest && known.knows(each.by)) oldest = each.index;
  }
  return oldest;
}

std::vector<std::size_t> location::readable(execution& here, std::memory_order order) const {
  const std::size_t newest = history_->stores.size() - 1;
  std::vector<std::size_t> found{newest};
  if (here.stale_reads_left() == 0 || newest == 0) return found;
  const std::size_t oldest = oldest_readable(here);
  for (std::size_t i = newest; i-- > oldest;) {
    if (order != std::memory_order_seq_cst || keeps_order(here, i)) found.push_back(i);
  }
  return found;
}

std::size_t location::choose_load(execution& here, std::memory_order order) const {
  const std::size_t newest = history_->stores.size() - 1;
  if (here.stale_reads_left() == 0 || newest == 0) return newest;
  const std::vector<std::size_t> ways = readable(here, order);
  const std::size_t way = here.choose(ways.size());
  if (way != 0) --here.stale_reads_left();
  return ways[way];
}

void location::see(execution& here, std::size_t index, std::memory_order order) const {
  if (acquires(order)) here.known().learn(history_->stores[index].released);
  history_->reads.push_back({here.now(), index});
}

// What comes before a sequentially consistent load of that store.
sc_order::operations location::before_load(execution& here, std::size_t index) const {
  sc_order::operations before = here.order().known_to(here.known());
  for (const ordered& each : history_->in_order) {
    const bool sooner = each.index < index || (each.index == index && each.stores);
    if (sooner && !before[each.number]) before |= here.order().until(each.number);
  }
  return before;
}

// A load comes before all who read or made a newer store: none of them may come before it.
bool location::keeps_order(execution& here, std::size_t index) const {
  if (here.order().full()) return false;
  const sc_order::operations before = before_load(here, index);
  return std::ranges::none_of(history_->in_order, [&](const ordered& each) {
    return each.index > index && before[each.number];
  });
}

void location::order_load(execution& here, std::size_t index) const {
  sc_order& order = here.order();
  if (order.full()) return;
  const std::size_t number = order.add(here.now(), before_load(here, index));
  for (const ordered& each : history_->in_order) {
    if (each.index > index) order.put_before(number, each.number);
  }
  history_->in_order.push_back({number, index, false});
}

void location::order_store(execution& here) const {
  sc_order& order = here.order();
  if (order.full()) return;
  const std::size_t index = history_->stores.size() - 1;
  const std::size_t number = order.add(here.now(), before_load(here, index));
  history_->in_order.push_back({number, index, true});
}

std::uint64_t location::load(const access& a) const {
  execution* const here = enter(a);
  if (here == nullptr) return newest_;
  const std::memory_order order = here->effective(a);
  const std::size_t index = choose_load(*here, order);
  if (order == std::memory_order_seq_cst) order_load(*here, index);
  see(*here, index, order);
  const std::uint64_t value = history_->stores[index].value;
  if (here->tracing()) {
    const bool stale = index + 1 != history_->stores.size();
    here->note(text(a, "loads", order) + ": " + std::to_string(value) + (stale ? ", stale" : ""));
  }
  return value;
}

void location::append(execution& here, std::uint64_t value, std::memory_order order,
                      bool modifies) {
  stored next{value, here.now(), {}};
  // A release sequence is a store with the modifications that follow it (C++20).
  if (modifies) next.released = history_->stores.back().released;
  if (releases(order)) next.released.learn(here.known());
  history_->stores.push_back(next);
  if (order == std::memory_order_seq_cst) order_store(here);
  if (releases(order)) here.tick();
  newest_ = value;
}

void location::store(std::uint64_t value, const access& a) {
  execution* const here = enter(a);
  if (here == nullptr) {
    newest_ = value;
    return;
  }
  const std::memory_order order = here->effective(a);
  if (here->tracing()) here->note(text(a, "stores", order) + ": " + std::to_string(value));
  append(*here, value, order, false);
}

void location::begin_modify(const access& a) {
  static_cast<void>(enter(a));
}

void location::end_modify(const access& a, std::uint64_t value) {
  execution* const here = execution::current();
  if (here == nullptr) {
    newest_ = value;
    return;
  }
  const std::memory_order order = here->effective(a);
  if (here->tracing()) {
    here->note(text(a, "modifies", order) + ": " + std::to_string(newest_) + " -> " +
               std::to_string(value));
  }
  see(*here, history_->stores.size() - 1, order);
  append(*here, value, order, true);
}

// The index of the store that makes it fail; one past the last: for no reason; else it succeeds.
std::size_t location::choose_failure(execution& here, std::uint64_t expected, bool weak,
                                     std::memory_order order) const {
  const auto& stores = history_->stores;
  const std::size_t newest = stores.size() - 1;
  std::vector<std::size_t> ways = readable(here, order);
  std::erase_if(ways, [&](std::size_t i) { return i != newest && stores[i].value == expected; });
  const bool would_succeed = stores[newest].value == expected;
  if (weak && would_succeed && here.spurious_left() > 0) ways.push_back(stores.size());
  const std::size_t way = ways[here.choose(ways.size())];
  if (way < newest) --here.stale_reads_left();
  if (way > newest) --here.spurious_left();
  return way;
}

bool location::compare_exchange(std::uint64_t& expected, std::uint64_t desired,
                                const access& success, const access& failure, bool weak) {
  execution* const here = enter(success);
  if (here == nullptr) {
    if (newest_ == expected) {
      newest_ = desired;
      return true;
    }
    expected = newest_;
    return false;
  }
  const std::memory_order order = here->effective(failure);
  const std::size_t newest = history_->stores.size() - 1;
  const std::size_t way = choose_failure(*here, expected, weak, order);
  if (way == newest && newest_ == expected) {
    end_modify(success, desired);
    return true;
  }
  if (order == std::memory_order_seq_cst) order_load(*here, std::min(way, newest));
  see(*here, std::min(way, newest), order);
  expected = history_->stores[std::min(way, newest)].value;
  if (here->tracing()) {
    here->note(text(failure, "fails to modify", order) + ": " + std::to_string(expected));
  }
  return false;
}

std::uint64_t location::peek(const access& a) const {
  static_cast<void>(enter(a));
  return newest_;
}

}  // namespace model
