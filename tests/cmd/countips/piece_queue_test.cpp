#include "countips/counting/piece_queue.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace countips {
namespace {

using numbers = std::vector<std::uint64_t>;

numbers take(piece_queue& from, std::size_t taker, std::size_t most) {
  numbers taken;
  while (taken.size() < most) {
    const std::optional<std::uint64_t> next = from.take(taker);
    if (!next) break;
    taken.push_back(*next);
  }
  return taken;
}

TEST(piece_queue, gives_each_taker_pieces_side_by_side) {
  piece_queue queue(10, 2);
  EXPECT_EQ(take(queue, 1, 2), (numbers{5, 6}));
  EXPECT_EQ(take(queue, 0, 3), (numbers{0, 1, 2}));
  EXPECT_EQ(take(queue, 1, 3), (numbers{7, 8, 9}));
  EXPECT_EQ(take(queue, 1, 9), (numbers{4, 3}));  // Those that the other one would take last.
  EXPECT_EQ(queue.take(0), std::nullopt);
}

TEST(piece_queue, gives_the_rest_of_the_region_that_has_most_left) {
  piece_queue queue(9, 3);
  EXPECT_EQ(take(queue, 1, 2), (numbers{3, 4}));
  EXPECT_EQ(take(queue, 0, 4), (numbers{0, 1, 2, 8}));
}

TEST(piece_queue, gives_every_piece_once) {
  for (std::uint64_t pieces = 0; pieces < 20; ++pieces) {
    for (std::size_t takers = 1; takers < 6; ++takers) {
      piece_queue queue(pieces, takers);
      std::vector<int> times(pieces);
      for (std::size_t i = 0; i < pieces; ++i) ++times[*queue.take(i * i % takers)];
      EXPECT_EQ(times, std::vector<int>(pieces, 1));
      EXPECT_EQ(queue.take(0), std::nullopt);
    }
  }
}

}  // namespace
}  // namespace countips
