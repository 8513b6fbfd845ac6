// How a file is cut for those that count it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "countips/counting/piece_queue.h"
#include "countips/input/range_reader.h"

namespace countips {

struct file_pieces {
  std::uint64_t count = 0;
  // Of each in bytes, but for the last one, which has the rest of the file.
  std::uint64_t size = 0;

  // Where the piece of that number is, when the file has grown or shrunk to that size.
  [[nodiscard]] byte_range range_of(std::uint64_t number, std::uint64_t file_size) const {
    const std::uint64_t begin = std::min(number * size, file_size);
    return {begin, number + 1 == count ? file_size : std::min(begin + size, file_size)};
  }
};

// Pieces of whole blocks, as many as that at most: handing one out costs as much as counting some
// hundred lines, but all takers should be at work to the end. file_size >= 1.
[[nodiscard]] inline file_pieces cut_file(std::uint64_t file_size, std::uint64_t block_size,
                                          std::size_t takers, std::uint64_t most_blocks = 64) {
  const std::uint64_t least_pieces = std::max<std::uint64_t>(16, 4 * takers);
  const std::uint64_t blocks = (file_size - 1) / block_size + 1;
  const std::uint64_t size =
      std::clamp<std::uint64_t>(blocks / least_pieces, 1, most_blocks) * block_size;
  return {(file_size - 1) / size + 1, size};
}

// One of several that count a file together.
struct piece_taker {
  file_pieces pieces;
  piece_queue queue;
  std::size_t number = 0;  // Of the taker.
};

}  // namespace countips
