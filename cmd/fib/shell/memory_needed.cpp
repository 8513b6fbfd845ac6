#include "fib/shell/memory_needed.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <fstream>

#include "cli/units.h"

namespace fib {

namespace {

constexpr std::uint64_t unlimited = UINT64_MAX;

std::uint64_t physical_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long size = ::sysconf(_SC_PAGESIZE);
  if (pages < 0 || size < 0) return unlimited;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size);
}

std::uint64_t process_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  return limit.rlim_cur;
}

// As a container sees its own; "max" is no number.
std::uint64_t group_limit() {
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::uint64_t limit = 0;
  return file >> limit ? limit : unlimited;
}

// Of the last digits, or of a long remainder.
std::uint64_t part_bits(const part& wanted, const radix& in) {
  const auto modulus = mpz_sizeinbase(wanted.modulus.get_mpz_t(), 2);
  const auto digit = static_cast<std::uint64_t>(std::bit_width(in.base()));
  return std::max<std::uint64_t>(modulus, wanted.digits * digit);
}

}  // namespace

std::uint64_t memory_needed(const request& what, const index_range& numbers) {
  if (numbers.count == 0) return 0;
  // How many times its own size in binary a number takes, measured: peak of `fib --nth`, and of
  // `fib --from --count` for those that hold two numbers and print on.
  const std::uint64_t times = numbers.count == 1 ? 17 : 24;
  if (what.wanted.kind != part_kind::whole) {
    return times * part_bits(what.wanted_of(numbers), what.in) / 8;
  }
  const length_bounds binary(what.of, radix(2));
  return times * binary.digits(numbers.farthest()) / 8;
}

std::uint64_t memory_there() {
  return std::min({physical_memory(), process_limit(), group_limit()});
}

std::optional<std::string> memory_lacking(const request& what, const index_range& numbers) {
  const std::uint64_t needed = memory_needed(what, numbers);
  constexpr std::uint64_t always_there = 64 << 20;
  if (needed <= always_there || needed <= memory_there()) return std::nullopt;
  const std::string advice =
      what.wanted.kind == part_kind::whole ? "; --digits, --first, --last and --mod need less" : "";
  return fmt::format("F({}) needs about {} of memory, of which there are {}{}", numbers.farthest(),
                     cli::format_size(needed), cli::format_size(memory_there()), advice);
}

}  // namespace fib
