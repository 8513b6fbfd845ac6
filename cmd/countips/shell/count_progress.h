// How far a count has got, as progress bars want it.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "cli/progress_sample.h"
#include "countips/counting/progress.h"

namespace countips {

[[nodiscard]] inline cli::progress_sample sample(const count_progress& progress) {
  const auto get = [](const std::atomic<std::uint64_t>& counter) {
    return counter.load(std::memory_order_relaxed);
  };
  const auto if_known = [](std::uint64_t total) {
    return total == 0 ? std::nullopt : std::optional(total);
  };
  return {.items = get(progress.files),
          .items_total = if_known(get(progress.files_total)),
          .bytes = get(progress.bytes),
          .bytes_total = if_known(get(progress.bytes_total))};
}

}  // namespace countips
