#include "fib/shell/order.h"

#include <fmt/format.h>

#include <utility>

#include "cli/quote.h"
#include "fib/indices/parse_range.h"
#include "fib/numbers/until.h"
#include "fib/shell/conflicts.h"

namespace fib {

namespace {

par::unexpected<std::string> wrong_order(std::string what) {
  return par::unexpected<std::string>(std::move(what));
}

// What the part of a number is called in JSON.
std::string_view key_of(part_kind kind) {
  switch (kind) {
    case part_kind::length:
      return "digits";
    case part_kind::first:
      return "first";
    case part_kind::last:
      return "last";
    case part_kind::remainder:
      return "remainder";
    case part_kind::whole:
      break;
  }
  return "number";
}

layout json_layout(part_kind kind) {
  const std::string_view quote = kind == part_kind::length ? "" : "\"";
  return {.indexed = true,
          .before_index = "{\"index\":",
          .before_number = fmt::format(",\"{}\":{}", key_of(kind), quote),
          .after_number = fmt::format("{}}}", quote),
          .opening = "[",
          .between = ",\n",
          .closing = "]\n",
          .nothing = "[]\n"};
}

layout layout_for(const choices& chosen) {
  if (chosen.json) return json_layout(chosen.wanted.kind);
  layout made;
  made.indexed = chosen.indexed;
  made.before_number = chosen.indexed ? "\t" : "";
  if (chosen.separator) made.between = *chosen.separator;
  if (chosen.null) made.between = made.closing = std::string(1, '\0');
  return made;
}

par::expected<index_range, std::string> range_until(const choices& chosen, const computation& how) {
  if (chosen.start.zeroth == 0 && chosen.start.first == 0) {
    return wrong_order("--until never ends: with --start 0,0 all numbers are 0");
  }
  return numbers_until(chosen.start, chosen.from.value_or(1), *chosen.until, how);
}

par::expected<index_range, std::string> range_of(const choices& chosen,
                                                 const std::vector<std::string>& operands,
                                                 const computation& how) {
  if (!operands.empty()) {
    auto range = parse_operand(operands.front());
    if (!range) return wrong_order(cli::quoted(operands.front()) + ": " + range.error());
    return range;
  }
  if (chosen.nth) return index_range{.first = *chosen.nth, .count = 1};
  if (chosen.until) return range_until(chosen, how);
  if (chosen.count) return index_range{.first = chosen.from.value_or(1), .count = *chosen.count};
  if (chosen.from) return wrong_order("--from needs --count or --until beside it");
  return wrong_order("say which numbers: N, I..J, --nth N, --until LIMIT, or - to read indices");
}

std::string too_far(const part& wanted, const std::vector<std::string>& operands) {
  const std::string what = operands.empty() ? std::string() : cli::quoted(operands.front()) + ": ";
  std::string allowed = what + "an index must be " + allowed_indices(farthest_for(wanted));
  if (wanted.kind != part_kind::whole) return allowed;
  return fmt::format("{}, or to {} with --digits, --first, --last or --mod", allowed,
                     farthest_index);
}

}  // namespace

index farthest_for(const part& wanted) {
  return wanted.kind == part_kind::whole ? largest_index : farthest_index;
}

par::expected<order, std::string> order_from(choices chosen,
                                             const std::vector<std::string>& operands,
                                             const computation& how) {
  const bool reads_list = operands == std::vector<std::string>{"-"};
  if (!operands.empty()) chosen.given.insert(reads_list ? "-" : "N");
  if (const auto conflict = conflict_among(chosen.given)) return wrong_order(*conflict);

  order made = {.what = {.of = chosen.start,
                         .in = radix(chosen.base),
                         .wanted = chosen.wanted,
                         .as = layout_for(chosen)},
                .numbers = std::nullopt};
  if (reads_list) return made;
  const auto range = range_of(chosen, operands, how);
  if (!range) return wrong_order(range.error());
  if (!range->is_within(farthest_for(chosen.wanted))) {
    return wrong_order(too_far(chosen.wanted, operands));
  }
  made.numbers = *range;
  return made;
}

}  // namespace fib
