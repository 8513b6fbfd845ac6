// What one run may choose from, and which choices it took: depth-first, by chance, or as told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace model {

// The choices of one run after another. Choice 0 is always the least surprising.
class choices {
 public:
  choices() = default;                                        // Depth-first: see advance.
  explicit choices(std::uint64_t seed) : random_(seed) {}     // One run by chance.
  explicit choices(const std::vector<std::size_t>& as_told);  // One run as told, then choice 0.

  // One of 0 ... options - 1; options >= 1. Nothing: the run is not the one that was told, or not
  // the same as the run before up to here.
  [[nodiscard]] std::optional<std::size_t> choose(std::size_t options);

  // To the next run in depth-first order; false if there is none.
  [[nodiscard]] bool advance();

  [[nodiscard]] std::vector<std::size_t> taken() const;

 private:
  struct decision {
    std::size_t taken;
    std::size_t options;  // 0: not known.
  };

  std::size_t first_choice(std::size_t options);

  std::vector<decision> path_;
  std::size_t depth_ = 0;
  std::optional<std::mt19937_64> random_;
};

}  // namespace model
