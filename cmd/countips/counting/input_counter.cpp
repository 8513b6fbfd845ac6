#include "countips/counting/input_counter.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <memory>
#include <ranges>
#include <utility>

#include "countips/counting/range_counter.h"
#include "countips/formats/known_formats.h"
#include "countips/input/behind_hole.h"
#include "countips/input/byte_stream.h"
#include "countips/input/compression.h"
#include "countips/input/line_blocks.h"
#include "countips/input/reading.h"
#include "countips/input/sampled_stream.h"
#include "par/pools/map.h"

namespace countips {

namespace {

using format_pointer = std::shared_ptr<const log_format>;

struct formatted_block {
  text_block block;
  format_pointer format;
};

class input_counter {
 public:
  input_counter(const count_context& shared, const input& what, source& from, group_key file,
                const piece_taker* whose)
      : shared_(shared), path_(what.path), from_(from), whose_(whose) {
    rules_.file = file;
  }

  taker_result count() {
    if (const or_errno<bool> plain = is_plain_file(); !plain) {
      fail({failure::kind::read, plain.error()});
    } else if (*plain) {
      count_plain(*from_.size());
    } else if (is_first()) {
      count_stream();
    }
    return {std::move(result_), std::move(pieces_)};
  }

 private:
  void fail(const failure& why) {
    if (!result_.failed) result_.failed = why;
  }

  [[nodiscard]] bool is_first() const { return whose_ == nullptr || whose_->number == 0; }

  or_errno<bool> is_plain_file() {
    if (!from_.size()) return false;
    std::array<char, most_magic> first{};
    const or_errno<std::size_t> got = read_fully_at(from_, 0, first);
    if (!got) return par::unexpected<int>(got.error());
    return !begins_packed(std::span<const char>(first).first(*got));
  }

  // False if there is nothing to read lines in.
  bool find_format(const sampler& beginning, const further_sampler& further) {
    const input_format found = choose_format(beginning, further, shared_.rules);
    result_.format = summary_of(found);
    format_ = found.format;
    return format_ != nullptr;
  }

  void count_plain(std::uint64_t size) {
    std::vector<char> sample;
    const auto beginning = [&](std::size_t wanted) {
      return read_sample(sample, {0, std::min<std::uint64_t>(wanted, size)});
    };
    std::vector<std::uint64_t> ends = further_ends(size);
    const auto further = [&] {
      if (ends.empty()) return std::string_view();
      const std::uint64_t end = ends.back();
      ends.pop_back();
      return read_sample(sample, {end - further_sample, end});
    };
    const bool has_format = find_format(beginning, further);
    if (has_format && can_be_cut(size)) {
      sample = {};
      count_pieces(size);
    } else if (is_first()) {
      has_format ? count_stream() : reject(beginning(large_sample));
    }
  }

  // To look for headers before pays if they are easily seen, and there are others to count with.
  [[nodiscard]] bool can_be_cut(std::uint64_t size) const {
    if (!format_->has_headers()) return true;
    return whose_ == nullptr && shared_.on.concurrency() > 1 && !others_are_waiting() &&
           shared_.rules.observer == nullptr && size > shared_.options.block_size &&
           !format_->may_have_headers({});
  }

  void count_pieces(std::uint64_t size) {
    const or_errno<block_formats> found = format_->has_headers()
                                              ? find_block_formats(shared_, format_, from_, size)
                                              : block_formats(format_);
    if (!found) return fail({failure::kind::read, found.error()});
    const block_formats& formats = *found;
    if (whose_ == nullptr) {
      count_ranges(shared_, rules_, formats, from_, size, [this](piece_result counted) {
        append(result_, std::move(counted), path_, shared_.rules);
      });
    } else {
      count_ranges(shared_, rules_, formats, from_, size, *whose_,
                   [this](piece_result counted) { pieces_.push_back(std::move(counted)); });
    }
  }

  std::string_view read_sample(std::vector<char>& into, byte_range where) {
    into.resize(where.end - where.begin);
    or_errno<std::size_t> got = read_fully_at(from_, where.begin, into);
    const std::size_t read = got.value_or(0);
    if (got && read < into.size()) {
      got = read_fully_at(from_, where.begin + read, std::span(into).subspan(read));
    }
    if (!got) fail({failure::kind::read, got.error()});
    return {into.data(), read};
  }

  void count_stream() {
    auto opened = open_stream(from_, shared_.stop, shared_.progress.bytes);
    if (!opened) return fail(opened.error());
    sampled_stream stream(std::move(*opened));
    const auto beginning = [&](std::size_t wanted) { return stream.look_ahead(wanted); };
    std::size_t end = first_further_end;
    const auto further = [&] {
      if (end > last_further_end) return std::string_view();
      const std::string_view ahead = stream.look_ahead(end);
      end = ahead.size() < end ? last_further_end + 1 : 2 * end;
      return ahead.substr(ahead.size() - std::min(ahead.size(), further_sample));
    };
    if (format_ != nullptr || find_format(beginning, further)) {
      count_blocks(stream);
    } else {
      reject(stream.look_ahead(large_sample).substr(0, large_sample));
      drain(stream);
    }
  }

  // What has been looked at of something that is no log.
  void reject(std::string_view sample) {
    append(result_, reject_block(sample, rules_, shared_.benches.borrow()->counted), path_,
           shared_.rules);
  }

  void count_blocks(byte_stream& stream) {
    line_blocks blocks(stream, shared_.options.block_size, shared_.options.reading.longest_line);
    format_pointer now = format_;
    const auto in_format = [&now](text_block&& block) {
      auto next = now->has_headers() ? now->after(block.text()) : nullptr;
      formatted_block made{std::move(block), now};
      if (next != nullptr) now = std::move(next);
      return made;
    };
    const auto count_one = [this](const formatted_block& what) {
      const auto bench = shared_.benches.borrow();
      return count_block(what.block.text(), *what.format, rules_, bench->counted);
    };
    auto next = blocks.begin();
    for (; next != blocks.end() && others_are_waiting(); ++next) {
      append(result_, count_one(in_format(*next)), path_, shared_.rules);
    }
    const std::ranges::subrange rest(next, blocks.end());
    for (block_count& counted :
         par::map(shared_.on, rest | std::views::transform(in_format), count_one)) {
      append(result_, std::move(counted), path_, shared_.rules);
    }
    if (blocks.failed()) fail(*blocks.failed());
  }

  // The number is only a hint for how to go on, so relaxed is enough.
  [[nodiscard]] bool others_are_waiting() const {
    return shared_.waiting != nullptr && shared_.waiting->load(std::memory_order_relaxed) > 0;
  }

  // What is no log may still be a broken archive, or not be readable any further.
  void drain(byte_stream& stream) {
    std::vector<char> unseen(shared_.options.block_size);
    while (true) {
      const auto got = stream.read(unseen);
      if (!got) fail(got.error());
      if (!got || *got == 0) return;
    }
  }

  const count_context& shared_;
  const std::string& path_;
  source& from_;
  const piece_taker* const whose_;  // Null if it counts all of it.
  block_rules rules_{.options = shared_.options,
                     .hosts = &shared_.hosts,
                     .others = other_formats(shared_.rules),
                     .most_rejects = most_rejects(shared_.rules)};
  format_pointer format_;
  input_result result_;
  std::vector<piece_result> pieces_;
};

taker_result count_with(const count_context& shared, const input& what, group_key file,
                        const piece_taker* whose) {
  auto from = what.path == standard_input ? shared.files.open_standard_input()
                                          : shared.files.open(what.path);
  if (!from) {
    taker_result none;
    none.whole.failed = failure{failure::kind::open, from.error()};
    return none;
  }
  const std::uint64_t all = (*from)->size().value_or(0);
  const std::unique_ptr<source> lines = behind_hole(std::move(*from));
  if (whose == nullptr || whose->number == 0) {
    shared.progress.bytes.fetch_add(all - lines->size().value_or(all), std::memory_order_relaxed);
  }
  return input_counter(shared, what, *lines, file, whose).count();
}

}  // namespace

input_format choose_format(const sampler& beginning, const further_sampler& further,
                           const input_rules& rules) {
  input_format found =
      find_format(beginning, further, rules.formats.empty() ? known_formats() : rules.formats);
  if (found.format == nullptr && rules.formats.size() == 1) found.format = rules.formats.front();
  return found;
}

const format_list* other_formats(const input_rules& rules) {
  return rules.formats.empty() ? &known_formats() : &rules.formats;
}

input_result count_input(const count_context& shared, const input& what, group_key file) {
  input_result result = count_with(shared, what, file, nullptr).whole;
  if (!result.failed && is_no_log(result)) result.failed = no_log_failure(result);
  return result;
}

taker_result count_share(const count_context& shared, const input& what, group_key file,
                         const piece_taker& whose) {
  return count_with(shared, what, file, &whose);
}

input_result join_shares(std::vector<taker_result> shares, const std::string& path,
                         const input_rules& rules) {
  input_result all;
  all.format = shares.front().whole.format;
  std::vector<piece_result> pieces;
  for (taker_result& each : shares) {
    if (!all.failed) all.failed = each.whole.failed;
    append(all, {each.whole.lines, std::move(each.whole.rejects)}, path, rules);
    std::ranges::move(each.pieces, std::back_inserter(pieces));
  }
  std::ranges::sort(pieces, {}, &piece_result::number);
  for (piece_result& each : pieces) append(all, std::move(each), path, rules);
  if (!all.failed && is_no_log(all)) all.failed = no_log_failure(all);
  return all;
}

}  // namespace countips
