// Which format the blocks of a file are in.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "countips/counting/count_context.h"
#include "countips/formats/log_format.h"
#include "countips/input/source.h"

namespace countips {

// Thread-safe while nothing changes.
class block_formats {
 public:
  using format_pointer = std::shared_ptr<const log_format>;

  explicit block_formats(format_pointer first) { changes_.push_back({0, std::move(first)}); }

  // From that byte of the file on, which is behind those of all changes before.
  void change(std::uint64_t begin, format_pointer to) {
    changes_.push_back({begin, std::move(to)});
  }

  // Of the block that begins there.
  [[nodiscard]] const log_format& at(std::uint64_t begin) const;

  [[nodiscard]] const format_pointer& last() const { return changes_.back().to; }

 private:
  struct format_change {
    std::uint64_t begin = 0;
    format_pointer to;
  };

  std::vector<format_change> changes_;
};

// Looks for the headers of a file of that size, on all threads, and has all of them read in their
// order. Fails if it does not know of a block whether it has any, with the errno.
[[nodiscard]] or_errno<block_formats> find_block_formats(const count_context& shared,
                                                         block_formats::format_pointer first,
                                                         source& from, std::uint64_t size);

}  // namespace countips
