// A stream of bytes cut into blocks of whole lines.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "countips/input/byte_stream.h"

namespace countips {

// Not a vector: that would set every byte before it is read into.
struct text_block {
  std::unique_ptr<char[]> bytes = nullptr;
  std::size_t capacity = 0;
  std::size_t size = 0;  // How many of the bytes are text.

  [[nodiscard]] std::string_view text() const { return {bytes.get(), size}; }
  [[nodiscard]] std::span<char> room() const { return {bytes.get() + size, capacity - size}; }

  void grow(std::size_t new_capacity);  // Keeps the text.
};

// An input range of blocks. Each is about block_size bytes and ends with a line end; only the last
// may lack it, and one that holds the beginning of a line longer than longest_line, whose rest is
// skipped. When the range has ended, failed() tells why, if not at the end of the stream. Not
// thread-safe.
class line_blocks {
 public:
  line_blocks(byte_stream& from, std::size_t block_size, std::size_t longest_line)
      : from_(from), block_size_(block_size), longest_line_(longest_line) {}

  class iterator {
   public:
    using value_type = text_block;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    explicit iterator(line_blocks& owner) : owner_(&owner) {}

    text_block&& operator*() const { return std::move(*owner_->current_); }
    iterator& operator++() {
      owner_->current_ = owner_->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& it, std::default_sentinel_t) { return it.at_end(); }

   private:
    [[nodiscard]] bool at_end() const { return !owner_->current_.has_value(); }

    line_blocks* owner_ = nullptr;
  };

  [[nodiscard]] iterator begin() {  // Reads the first block; call it once.
    current_ = next();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  [[nodiscard]] const std::optional<failure>& failed() const noexcept { return failed_; }

 private:
  [[nodiscard]] std::optional<text_block> next();
  [[nodiscard]] bool read_more(text_block& block);
  void skip_line(text_block& block);
  [[nodiscard]] bool cut_at_line_end(text_block& block);

  byte_stream& from_;
  const std::size_t block_size_;
  const std::size_t longest_line_;
  std::vector<char> carried_;  // The beginning of the next block's first line.
  bool skipping_ = false;      // The last block ended within a line that is too long.
  bool ended_ = false;
  std::optional<failure> failed_;
  std::optional<text_block> current_;
};

}  // namespace countips
