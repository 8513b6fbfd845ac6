// Which format an input is in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/log_format.h"
#include "countips/formats/recognise.h"

namespace countips {

// Gives the beginning of an input: so many bytes, less if there are no more.
using sampler = std::function<std::string_view(std::size_t)>;

// Gives pieces of an input from behind its beginning, the next one each time; empty if there are no
// more. They may begin and end within lines.
using further_sampler = std::function<std::string_view()>;

// How much of an input is looked at: first, and if the first few lines are in no format. Some
// servers write a lot before their first request.
constexpr std::size_t small_sample = std::size_t{16} << 10;
constexpr std::size_t large_sample = std::size_t{256} << 10;

// What is looked at if there is no request yet: pieces of this size,
constexpr std::size_t further_sample = std::size_t{64} << 10;
// the first of them before this place, each of the next ones twice as far, up to the last.
constexpr std::size_t first_further_end = std::size_t{512} << 10;
constexpr std::size_t last_further_end = std::size_t{8} << 20;

// Where the pieces end that are looked at of a file of that size: some near its beginning, and some
// from all over it. The first one comes last.
[[nodiscard]] std::vector<std::uint64_t> further_ends(std::uint64_t size);

struct input_format {
  std::shared_ptr<const log_format> format;  // Null if the input is no access log.
  recognition evidence;
  bool is_blank = true;  // It has no lines, or only blank ones.
  bool is_whole = true;  // Nothing of it was left out when it was looked at.
};

// The same as values, for reports.
struct format_summary {
  struct candidate {
    std::string name;
    std::uint64_t accepted = 0;  // Lines of the sample that are requests,
    std::uint64_t fitting = 0;   // and those of the format from end to end.

    friend bool operator==(const candidate&, const candidate&) = default;
  };

  std::string name = {};                   // "combined"; empty if the input is no access log.
  std::uint64_t lines = 0;                 // Of the sample, without blank ones.
  std::vector<candidate> candidates = {};  // The best first.
  bool is_blank = true;                    // It has no lines, or only blank ones.
  bool is_whole = true;                    // Nothing of it was left out when it was looked at.

  friend bool operator==(const format_summary&, const format_summary&) = default;
};

[[nodiscard]] format_summary summary_of(const input_format& found);

// Of the formats `among` which to choose. Thread-safe.
[[nodiscard]] input_format find_format(const sampler& beginning, const further_sampler& further,
                                       const format_list& among);

}  // namespace countips
