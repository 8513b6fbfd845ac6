#include "fib/shell/print.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/units.h"
#include "fib/indices/index_list.h"
#include "fib/shell/memory_needed.h"
#include "fib/shell/read_input.h"
#include "fib/text/printer.h"
#include "par/pools/serial_executor.h"

namespace fib {

namespace {

// Starting threads takes longer than printing so little.
constexpr std::uint64_t least_shared_bytes = 64 << 10;

bool is_short(const order& wanted) {
  return wanted.numbers && wanted.what.wanted.kind == part_kind::whole &&
         wanted.what.text_bound(*wanted.numbers) < least_shared_bytes;
}

std::unique_ptr<par::executor> executor_for(const cli::session& session, const order& wanted) {
  if (is_short(wanted)) return std::make_unique<par::serial_executor>();
  return session.make_executor();
}

// A single number goes by the steps of its computation, more by how many are printed.
cli::progress_sample sample(const print_counters& counters, const order& wanted) {
  const auto numbers = counters.numbers.load(std::memory_order_relaxed);  // Only shown.
  const auto bytes = counters.bytes.load(std::memory_order_relaxed);
  if (!wanted.numbers)
    return {.items = numbers, .bytes = bytes, .counting = true, .unit = "numbers"};
  if (wanted.numbers->count == 1) {
    const std::uint64_t total = printer::steps_for(wanted.what, wanted.numbers->first);
    const auto steps = counters.steps.load(std::memory_order_relaxed);
    return {.items = numbers == 1 ? total : std::min(steps, total),
            .items_total = total,
            .unit = "steps"};
  }
  const bool is_whole = wanted.what.wanted.kind == part_kind::whole;
  return {.items = numbers,
          .items_total = wanted.numbers->count,
          .bytes = bytes,
          .bytes_total =
              is_whole ? std::optional(wanted.what.text_bound(*wanted.numbers)) : std::nullopt,
          .unit = "numbers"};
}

void report(cli::messages& log, const std::vector<bad_item>& bad) {
  for (const bad_item& each : bad) {
    log.error("line " + std::to_string(each.line) + ": " + cli::quoted(each.text) + ": " +
              each.reason);
  }
}

// Takes those out that memory does not do for: bad too, and told by their index. Returns how many.
std::size_t leave_out_too_large(cli::messages& log, const request& what,
                                std::vector<index_range>& found) {
  return std::erase_if(found, [&](const index_range& numbers) {
    const auto reason = memory_lacking(what, numbers);
    if (reason) log.error(*reason);
    return reason.has_value();
  });
}

// What has arrived is printed before more is waited for. Returns how many indices were left out.
std::size_t print_list(cli::session& session, const order& wanted, printer& to) {
  index_list list(farthest_for(wanted.what.wanted));
  std::size_t left_out = 0;
  std::array<char, std::size_t{64} << 10> piece{};
  while (true) {
    const auto size = read_input(piece, session.stop());
    if (!size) {  // What the index would have been whose digits are cut off, nobody knows.
      session.log().error("cannot read standard input: " + cli::reason(size.error()));
      break;
    }
    std::vector<index_range> found;
    std::vector<bad_item> bad;
    if (*size == 0) list.end(found, bad);
    list.read({piece.data(), *size}, found, bad);
    report(session.log(), bad);
    left_out += bad.size() + leave_out_too_large(session.log(), wanted.what, found);
    if (!to.print(found) || !session.out().flush()) return left_out;
    if (*size == 0) break;
  }
  to.finish();
  return left_out;
}

// Returns how many indices were left out.
std::size_t print_on(cli::session& session, const order& wanted, print_counters& counters) {
  const auto executor = executor_for(session, wanted);
  const auto write = [&](std::string_view text) {
    session.out().write(text);
    return !session.out().failed();
  };
  printer to(wanted.what, *executor, session.stop(), counters, write);
  if (!wanted.numbers) return print_list(session, wanted, to);
  if (to.print(*wanted.numbers)) to.finish();
  return 0;
}

}  // namespace

cli::status print(cli::session& session, const order& wanted) {
  if (wanted.numbers) {
    if (const auto reason = memory_lacking(wanted.what, *wanted.numbers)) {
      throw cli::usage_error(*reason);
    }
  }
  if (!is_short(wanted)) session.out().widen_pipe();
  print_counters counters;
  // On the same terminal the numbers themselves show how far it is, and a bar would cut into them.
  std::optional<cli::progress_bar> bar;
  if (!session.out().is_terminal() && !is_short(wanted)) {
    bar.emplace(session.show_progress([&] { return sample(counters, wanted); }));
  }
  std::size_t left_out = 0;
  try {
    left_out = print_on(session, wanted, counters);
  } catch (const std::bad_alloc&) {
    session.log().error("out of memory");
    return cli::status::errors;
  }
  if (left_out != 0 && !session.quiet()) {
    session.log().note(cli::format_count(left_out, "index left out", "indices left out"));
  }
  return cli::status::done;  // What became of the output, cli::run looks at itself.
}

}  // namespace fib
