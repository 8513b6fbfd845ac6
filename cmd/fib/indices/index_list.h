// Indices that come as text, piece by piece, as from standard input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fib/indices/index_range.h"
#include "par/base/expected.h"

namespace fib {

// A part of a list that is neither an index nor a range.
struct bad_item {
  std::uint64_t line = 1;  // Where it stands, the first line being 1.
  std::string text;        // At most longest_item bytes of it.
  std::string reason;
};

// Each line holds indices and ranges I..J, as many as one likes, between spaces, tabs or commas. A
// line ends with a newline, a carriage return and a newline, or a NUL; the last may lack its end. A
// bad item is left out and told; what is beside it counts.
class index_list {
 public:
  // Longer items are bad, whatever they hold: no index needs so much, and memory stays bounded.
  static constexpr std::size_t longest_item = 64;

  // Indices farther from zero than that are bad.
  explicit index_list(index farthest) : farthest_(farthest) {}

  // The next piece of the text, cut anywhere. Appends what is complete.
  void read(std::string_view piece, std::vector<index_range>& found, std::vector<bad_item>& bad);

  // The text has ended.
  void end(std::vector<index_range>& found, std::vector<bad_item>& bad);

 private:
  [[nodiscard]] par::expected<index_range, std::string> parsed() const;

  index farthest_;
  std::uint64_t line_ = 1;
  std::string item_;  // What has begun, cut to one byte more than the longest.
};

}  // namespace fib
