// Ten thousand kills of participants of a queue, half of them at a labelled step. Prints how long
// the others took to go on.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "libpar/processes/ipc/queue_kills.h"

namespace {

constexpr int kills_in_all = 10'000;

const char* step_of(std::size_t victim, std::size_t choice) {
  constexpr const char* puts[] = {"queue.put.locked", "queue.put.written", "queue.put.placed",
                                  "queue.put.counted", "queue.wait.announced"};
  constexpr const char* gets[] = {"queue.get.locked", "queue.get.read", "queue.get.placed",
                                  "queue.get.counted", "queue.wait.announced"};
  return victim < kills::producers ? puts[choice % 5] : gets[choice % 5];
}

TEST(ipc_queue_stress, survives_ten_thousand_kills) {
  constexpr std::uint64_t more_than_come = std::uint64_t{1} << 30;  // Two minutes' worth: 2^28.
  kills::fleet fleet(more_than_come);
  std::mt19937 random(11);
  std::vector<std::chrono::duration<double, std::milli>> pauses;
  while (fleet.killed() < kills_in_all && !HasFailure()) {
    const std::size_t victim = random() % kills::participants;
    if (random() % 3 == 0) {  // Counts twice: the one before is killed too.
      fleet.kill_at(victim, step_of(victim, random()), 1 + static_cast<int>(random() % 30));
    } else {
      fleet.kill(victim);
    }
    pauses.push_back(fleet.wait_for_others(victim));
  }
  fleet.finish();
  std::sort(pauses.begin(), pauses.end());
  const auto at = [&](double part) {
    return pauses[static_cast<std::size_t>(part * static_cast<double>(pauses.size() - 1))].count();
  };
  std::printf(
      "%llu kills, %llu items, %llu missing; the others went on after %.2f ms (median), "
      "%.2f (99 of 100), %.2f (the longest)\n",
      static_cast<unsigned long long>(fleet.killed()),
      static_cast<unsigned long long>(fleet.begun()),
      static_cast<unsigned long long>(fleet.missing()), at(0.5), at(0.99), at(1));
}

}  // namespace
