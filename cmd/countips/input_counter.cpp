#include "countips/input_counter.h"

#include <algorithm>
#include <array>
#include <memory>
#include <ranges>

#include "countips/byte_stream.h"
#include "countips/line_blocks.h"
#include "countips/reading.h"
#include "par/pools/map.h"

namespace countips {

namespace {

// Appends the counts of the lines that follow.
void append(line_counts& all, const line_counts& next) {
  if (all.first_malformed == 0 && next.first_malformed != 0) {
    all.first_malformed = all.lines + next.first_malformed;
  }
  all.lines += next.lines;
  all.hits += next.hits;
  all.blank += next.blank;
  all.malformed += next.malformed;
}

// Nothing was understood: it would be wrong to report that as so many requests, be it none.
bool is_no_log(const line_counts& lines) {
  return lines.hits == 0 && lines.malformed > 0;
}

class input_counter {
 public:
  input_counter(const count_context& shared, source& from, group_key file)
      : shared_(shared), from_(from), file_(file) {}

  input_result count() {
    if (const or_errno<bool> plain = is_plain_file(); !plain) {
      fail({failure::kind::read, plain.error()});
    } else if (*plain) {
      count_ranges(*from_.size());
    } else {
      count_stream();
    }
    if (!result_.failed && is_no_log(result_.lines)) fail({failure::kind::not_a_log});
    return result_;
  }

 private:
  void fail(const failure& why) {
    if (!result_.failed) result_.failed = why;
  }

  or_errno<bool> is_plain_file() {
    if (!from_.size()) return false;
    std::array<char, 2> first{};
    const or_errno<std::size_t> got = read_fully_at(from_, 0, first);
    if (!got) return par::unexpected<int>(got.error());
    return !begins_as_gzip(std::span<const char>(first).first(*got));
  }

  // A range that cannot be read does not keep the others from being counted.
  void count_ranges(std::uint64_t size) {
    const std::uint64_t ranges = (size - 1) / shared_.options.block_size + 1;
    const auto count_one = [this, size](std::uint64_t number) { return count_range(number, size); };
    for (const or_errno<line_counts>& lines :
         par::map(shared_.on, std::views::iota(std::uint64_t{0}, ranges), count_one)) {
      if (lines) {
        append(result_.lines, *lines);
      } else {
        fail({failure::kind::read, lines.error()});
      }
    }
  }

  or_errno<line_counts> count_range(std::uint64_t number, std::uint64_t size) {
    if (shared_.stop) return {};
    const std::uint64_t begin = number * shared_.options.block_size;
    const byte_range range{begin, std::min(begin + shared_.options.block_size, size)};
    const auto bench = shared_.benches.borrow();
    const auto text = bench->reader.read(from_, range, shared_.options.longest_line);
    if (!text) return par::unexpected<int>(text.error());
    shared_.progress.bytes.fetch_add(range.end - range.begin, std::memory_order_relaxed);
    return count_block(*text, shared_.options, file_, bench->counted);
  }

  void count_stream() {
    const auto stream = open_stream(from_, shared_.stop, shared_.progress.bytes);
    if (!stream) {
      fail(stream.error());
      return;
    }
    line_blocks blocks(**stream, shared_.options.block_size, shared_.options.longest_line);
    const auto count_one = [this](const text_block& block) {
      const auto bench = shared_.benches.borrow();
      return count_block(block.text(), shared_.options, file_, bench->counted);
    };
    for (const line_counts& lines : par::map(shared_.on, blocks, count_one)) {
      append(result_.lines, lines);
    }
    if (blocks.failed()) fail(*blocks.failed());
  }

  const count_context& shared_;
  source& from_;
  const group_key file_;
  input_result result_;
};

}  // namespace

input_result count_input(const count_context& shared, const input& what, group_key file) {
  const auto from = what.path == standard_input ? shared.files.open_standard_input()
                                                : shared.files.open(what.path);
  if (!from) return {.lines = {}, .failed = failure{failure::kind::open, from.error()}};
  return input_counter(shared, **from, file).count();
}

}  // namespace countips
