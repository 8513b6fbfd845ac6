#include "countips/run.h"

#include <fmt/core.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "countips/count.h"
#include "countips/inputs.h"

namespace countips {

namespace {

output_format format_for(format_choice choice, bool terminal) {
  switch (choice) {
    case format_choice::automatic:
      return terminal ? output_format::table : output_format::tsv;
    case format_choice::table:
      return output_format::table;
    case format_choice::tsv:
      return output_format::tsv;
    case format_choice::csv:
      return output_format::csv;
    case format_choice::json:
      return output_format::json;
  }
  return output_format::tsv;
}

std::string shown(const std::string& path) {
  return path == standard_input ? "standard input" : cli::quoted(path);
}

std::string message(const input_failure& failed) {
  std::string name = shown(failed.path);
  const auto failed_call = [&](const char* verb) {
    return fmt::format("cannot {} {}: {}", verb, name, cli::reason(failed.why.error_number));
  };
  switch (failed.why.what) {
    case failure::kind::look_up:
    case failure::kind::open:
      return failed_call("open");
    case failure::kind::list:
      return failed_call("list");
    case failure::kind::read:
      return failed_call("read");
    case failure::kind::truncated:
      return name + ": compressed data end too early; what could be read is counted";
    case failure::kind::corrupt:
      return name + ": compressed data are damaged; what could be read is counted";
    case failure::kind::trailing:
      return name + ": something else follows the compressed data; it is not counted";
    case failure::kind::not_a_log:
      return name + ": is no access log: no line has a client and a valid time";
  }
  return name;
}

std::string message(const malformed_lines& lines) {
  return fmt::format("{}: {} malformed {}, first at line {}", shown(lines.path), lines.count,
                     lines.count == 1 ? "line" : "lines", lines.first);
}

cli::progress_sample sample(const count_progress& progress) {
  const auto get = [](const std::atomic<std::uint64_t>& counter) {
    return counter.load(std::memory_order_relaxed);
  };
  const auto if_known = [](std::uint64_t total) {
    return total == 0 ? std::nullopt : std::optional(total);
  };
  return {.items = get(progress.files),
          .items_total = if_known(get(progress.files_total)),
          .bytes = get(progress.bytes),
          .bytes_total = if_known(get(progress.bytes_total))};
}

report count_with_progress(cli::session& session, const count_options& options) {
  count_progress progress;
  const std::unique_ptr<par::executor> on = session.make_executor();
  const cli::progress_bar bar = session.show_progress([&progress] { return sample(progress); });
  return count(options, session.operands(), system_files(), *on, session.stop(), progress);
}

void tell_troubles(cli::session& session, const report& found) {
  for (const input_failure& failed : found.failures) session.log().error(message(failed));
  if (found.failures.size() > 1) {
    session.log().note(fmt::format("{} errors", found.failures.size()));
  }
  if (session.quiet()) return;
  for (const malformed_lines& lines : found.malformed) session.log().note(message(lines));
}

}  // namespace

cli::status run(cli::session& session, const settings& chosen) {
  const output_format format = format_for(chosen.format, session.out().is_terminal());
  const count_options options{
      .by = chosen.by,
      .with_total = format == output_format::table || format == output_format::json};
  const report found = count_with_progress(session, options);
  if (found.stopped) return cli::status::errors;
  tell_troubles(session, found);
  session.out().write(render(found, format, !chosen.no_header));
  return found.failures.empty() ? cli::status::done : cli::status::errors;
}

}  // namespace countips
