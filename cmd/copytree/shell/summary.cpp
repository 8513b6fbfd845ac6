#include "copytree/shell/summary.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "cli/units.h"

namespace copytree {

namespace {

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

// Files and directories always, other kinds only where there are any.
std::string kinds(const report& what) {
  std::string text = cli::format_count(what.files, "file", "files") + ", " +
                     cli::format_count(what.directories, "directory", "directories");
  const auto append = [&](std::uint64_t count, std::string_view one, std::string_view many) {
    if (count > 0) text += ", " + cli::format_count(count, one, many);
  };
  append(what.symlinks, "symbolic link", "symbolic links");
  append(what.hard_links, "hard link", "hard links");
  append(what.specials, "special file", "special files");
  if (what.unchanged > 0) text += ", " + cli::format_count(what.unchanged) + " unchanged";
  if (what.verified > 0) text += ", " + cli::format_count(what.verified) + " verified";
  return text;
}

// Only where there are any.
std::string removals(const outcome& of) {
  if (of.what.removed == 0) return "";
  return (of.dry_run ? ", would remove " : ", removed ") +
         cli::format_count(of.what.removed, "entry", "entries");
}

}  // namespace

std::string summary(const outcome& of) {
  const std::string amount = kinds(of.what) + ", " + cli::format_size(of.what.bytes);
  if (of.dry_run) return "would copy " + amount + removals(of);
  const double span = seconds(of.time);
  const double rate = span > 0 ? static_cast<double>(of.what.bytes) / span : 0;
  return fmt::format("{}copied {} in {} ({}){}", of.what.interrupted ? "interrupted: " : "", amount,
                     cli::format_duration(of.time), cli::format_rate(rate), removals(of));
}

std::string json_summary(const outcome& of) {
  const report& what = of.what;
  return fmt::format(
      "{{\"files\":{},\"directories\":{},\"symlinks\":{},\"hard_links\":{},\"specials\":{},"
      "\"bytes\":{},\"errors\":{},\"unchanged\":{},\"verified\":{},\"removed\":{},"
      "\"seconds\":{:.3f},\"interrupted\":{},\"dry_run\":{}}}\n",
      what.files, what.directories, what.symlinks, what.hard_links, what.specials, what.bytes,
      what.errors, what.unchanged, what.verified, what.removed, seconds(of.time), what.interrupted,
      of.dry_run);
}

}  // namespace copytree
