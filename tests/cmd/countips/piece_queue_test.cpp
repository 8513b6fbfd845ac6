#include "countips/counting/piece_queue.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include "countips/counting/file_pieces.h"

namespace countips {
namespace {

using numbers = std::vector<std::uint64_t>;

numbers take(const piece_queue& from, std::size_t taker, std::size_t most) {
  numbers taken;
  while (taken.size() < most) {
    const std::optional<std::uint64_t> next = from.take(taker);
    if (!next) break;
    taken.push_back(*next);
  }
  return taken;
}

class regions {
 public:
  regions(std::uint64_t pieces, std::size_t takers) : all_(takers) {
    piece_queue::fill(all_, pieces);
  }
  piece_queue queue() { return piece_queue(all_); }

 private:
  std::vector<piece_queue::region> all_;
};

TEST(piece_queue, gives_each_taker_pieces_side_by_side) {
  regions all(10, 2);
  const piece_queue queue = all.queue();
  EXPECT_EQ(take(queue, 1, 2), (numbers{5, 6}));
  EXPECT_EQ(take(queue, 0, 3), (numbers{0, 1, 2}));
  EXPECT_EQ(take(queue, 1, 3), (numbers{7, 8, 9}));
  EXPECT_EQ(take(queue, 1, 9), (numbers{4, 3}));  // Those that the other one would take last.
  EXPECT_EQ(queue.take(0), std::nullopt);
}

TEST(piece_queue, gives_the_rest_of_the_region_that_has_most_left) {
  regions all(9, 3);
  EXPECT_EQ(take(all.queue(), 1, 2), (numbers{3, 4}));
  EXPECT_EQ(take(all.queue(), 0, 4), (numbers{0, 1, 2, 8}));
}

TEST(piece_queue, gives_every_piece_once) {
  for (std::uint64_t pieces = 0; pieces < 20; ++pieces) {
    for (std::size_t takers = 1; takers < 6; ++takers) {
      regions all(pieces, takers);
      std::vector<int> times(pieces);
      for (std::size_t i = 0; i < pieces; ++i) ++times[*all.queue().take(i * i % takers)];
      EXPECT_EQ(times, std::vector<int>(pieces, 1));
      EXPECT_EQ(all.queue().take(0), std::nullopt);
    }
  }
}

// Two have next to nothing of their own, and take from the ends of the others from the beginning.
TEST(piece_queue, gives_every_piece_once_to_takers_at_the_same_time) {
  constexpr std::size_t takers = 4;
  constexpr std::uint64_t pieces = 40'000;
  regions all(pieces, takers);
  std::vector<numbers> taken(takers);
  taken[1] = take(all.queue(), 1, pieces / takers);
  taken[3] = take(all.queue(), 3, pieces / takers);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < takers; ++i) {
      threads.emplace_back([&, i] {
        const numbers more = take(all.queue(), i, pieces);
        taken[i].insert(taken[i].end(), more.begin(), more.end());
      });
    }
  }
  std::vector<int> times(pieces);
  for (const numbers& each : taken) {
    for (const std::uint64_t piece : each) ++times.at(piece);
  }
  EXPECT_EQ(times, std::vector<int>(pieces, 1));
}

TEST(file_pieces, cover_the_file) {
  for (const std::uint64_t size : {1, 63, 64, 65, 1000, 1024, 100'000}) {
    SCOPED_TRACE(size);
    const file_pieces pieces = cut_file(size, 64, 2, 4);
    EXPECT_EQ(pieces.size % 64, 0u);
    EXPECT_LE(pieces.size, 4u * 64);
    std::uint64_t end = 0;
    for (std::uint64_t i = 0; i < pieces.count; ++i) {
      EXPECT_EQ(pieces.range_of(i, size).begin, end);
      EXPECT_GT(pieces.range_of(i, size).end, end);
      end = pieces.range_of(i, size).end;
    }
    EXPECT_EQ(end, size);
  }
}

TEST(file_pieces, of_a_file_that_has_changed_have_all_of_it) {
  const file_pieces pieces{.count = 3, .size = 10};
  EXPECT_EQ(pieces.range_of(2, 25).end, 25u);
  EXPECT_EQ(pieces.range_of(2, 1000).end, 1000u) << "it has grown";
  EXPECT_EQ(pieces.range_of(1, 12).end, 12u) << "it has shrunk";
  EXPECT_EQ(pieces.range_of(2, 12).begin, 12u);
  EXPECT_EQ(pieces.range_of(2, 12).end, 12u);
}

}  // namespace
}  // namespace countips
