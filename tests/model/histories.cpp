// Where the histories of atomics come from, and where they go.
#include <functional>

#include "model/location.h"

namespace model {

// Emptied ones keep their memory for the next.
std::vector<location::history*>& location::spare_histories() {
  static auto& spare = *new std::vector<history*>();
  return spare;
}

std::vector<location::history*>& location::all_histories() {
  static auto& all = *new std::vector<history*>();
  return all;
}

location::history* location::new_history(const location* of) {
  auto& spare = spare_histories();
  if (spare.empty()) spare.push_back(all_histories().emplace_back(new history{}));
  history* const taken = spare.back();
  spare.pop_back();
  taken->of = of;
  taken->run = 0;
  return taken;
}

void location::make_spare(history& used) {
  used.of = nullptr;
  spare_histories().push_back(&used);
}

void location::forget_those_in(std::span<const char> stack) {
  for (history* const each : all_histories()) {
    const auto* const at = reinterpret_cast<const char*>(each->of);
    const std::less<const char*> before;
    if (each->of == nullptr || before(at, stack.data())) continue;
    if (before(at, stack.data() + stack.size())) make_spare(*each);
  }
}

void location::history::begin(std::uint64_t in_run, const stored& first) {
  run = in_run;
  stores.assign(1, first);
  reads.clear();
  touched = {};
  in_order.clear();
}

}  // namespace model
