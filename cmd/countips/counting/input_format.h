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

// How much of an input is looked at: first, and if the first few lines are in no format. Some
// servers write a lot before their first request.
constexpr std::size_t small_sample = std::size_t{16} << 10;
constexpr std::size_t large_sample = std::size_t{256} << 10;

struct input_format {
  std::shared_ptr<const log_format> format;  // Null if the input is no access log.
  recognition evidence;
  bool is_blank = true;  // It has no lines, or only blank ones.
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

  friend bool operator==(const format_summary&, const format_summary&) = default;
};

[[nodiscard]] format_summary summary_of(const input_format& found);

// Of the formats `among` which to choose. Thread-safe.
[[nodiscard]] input_format find_format(const sampler& beginning, const format_list& among);

}  // namespace countips
