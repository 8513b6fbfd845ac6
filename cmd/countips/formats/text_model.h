// How lines begin that differ in their minutes and seconds only.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "countips/clients/byte_masks.h"

namespace countips {

// Remembers the beginning of a line. Most lines of a log have the same day and hour, and often all
// else that stands around the time: then one look at sixteen bytes after the other tells as much as
// reading them would. Where lines do not turn out alike it learns but now and then. Not
// thread-safe.
class text_model {
 public:
  static constexpr std::size_t longest = 96;

  // Instead of what it remembers. In `time`, a part of the text, the first clock time may be
  // another within its hour: 03:04:05, where no digit stands in front, or 03:04:05.678. Remembers
  // nothing if the text is empty or too long.
  void learn(std::string_view text, std::string_view time);
  void forget() { size_ = 0; }
  [[nodiscard]] bool is_empty() const { return size_ == 0; }

  // How long what it remembers is if the text begins like it; else 0. It may be 0 as well if no
  // `longest` bytes can be read.
  [[nodiscard]] std::size_t size_in(std::string_view text) {
    if (size_ == 0 || text.size() < blocks_ * block) return 0;
    std::uint32_t alike = 0xffff;
    for (std::size_t i = 0; i < blocks_ * block; i += block) {
      alike &= byte_block(text.data() + i)
                   .within(byte_block(least_.data() + i), byte_block(more_.data() + i));
    }
    if (alike != 0xffff) return 0;
    misses_ = 0;
    return size_;
  }

 private:
  static constexpr std::size_t block = 16;
  static constexpr unsigned few_misses = 16;

  void allow_other_clocks(std::size_t begin, std::size_t end);

  std::size_t size_ = 0;
  std::size_t blocks_ = 0;
  unsigned misses_ = 0;              // How often it has learned since the last text was alike.
  std::array<char, longest> least_;  // Each byte is from this,
  std::array<char, longest> more_;   // and at most so much more.
};

}  // namespace countips
