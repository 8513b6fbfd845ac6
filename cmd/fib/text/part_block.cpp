#include "fib/text/part_block.h"

#include <algorithm>

#include "fib/numbers/part.h"

namespace fib {

part_block make_part_block(const request& what, const index_range& numbers,
                           const computation& how) {
  part_block made;
  part_walk walk(what.of, what.in, what.wanted_of(numbers), numbers.first, how);
  for (index at = numbers.first; at != numbers.end(); ++at) {
    made.text += what.as.before(at) + walk.next();
    made.text += what.as.after_number;
    made.text += what.as.between;
    ++made.count;
  }
  if (!what.as.ends_each()) made.text.resize(made.text.size() - what.as.between.size());
  return made;
}

std::uint64_t part_block_count(const request& what, const index_range& numbers) {
  constexpr std::uint64_t most = 4096;
  constexpr std::uint64_t bytes = 1 << 20;
  const part wanted = what.wanted_of(numbers);
  const std::uint64_t digits = wanted.digits + mpz_sizeinbase(wanted.modulus.get_mpz_t(), 2);
  return std::clamp<std::uint64_t>(bytes / (digits + 1), 1, most);
}

}  // namespace fib
