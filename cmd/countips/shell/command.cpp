#include "countips/shell/command.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "countips/shell/arguments.h"
#include "countips/shell/client_options.h"
#include "countips/shell/filter_options.h"
#include "countips/shell/format_options.h"
#include "countips/shell/option_value.h"
#include "countips/shell/run.h"

namespace countips {

namespace {

#ifdef COUNTIPS_HAS_PROCESSES
constexpr bool offers_processes = true;
#else
constexpr bool offers_processes = false;
#endif

std::vector<cli::option> group_options(settings& chosen) {
  return {
      cli::choice<grouping>("by", '\0', "GROUP",
                            "Count for each hour, day (the default), week, month, file, virtual "
                            "host, or in total.",
                            {{"hour", grouping::hour},
                             {"day", grouping::day},
                             {"week", grouping::week},
                             {"month", grouping::month},
                             {"file", grouping::file},
                             {"host", grouping::host},
                             {"vhost", grouping::host},
                             {"total", grouping::total}},
                            chosen.count.by),
      option_value(
          "tz", "ZONE",
          "Where days begin: log (the default) in each line's own time zone, utc, local, or a "
          "zone such as Europe/Berlin.",
          [&chosen](std::string_view text) -> cli::applied {
            const auto zone = parse_zone(text, chosen.here);
            if (!zone) return par::unexpected<std::string>(zone.error());
            chosen.count.zone = *zone;
            return {};
          }),
      top_option(chosen.count.top),
  };
}

std::vector<cli::option> input_options(settings& chosen) {
  return {
      cli::text("files0-from", '\0', "FILE",
                "Take the names of the inputs from a file, where each ends in a NUL byte, instead "
                "of the command line; '-' is standard input.",
                chosen.files0_from),
      cli::flag("null", '0', "The same from standard input: find ... -print0 | countips -0.",
                chosen.names_from_input),
      cli::flag("follow", 'F',
                "Go on with what is added to the files, also when they are renamed or truncated, "
                "until interrupted: a table on a terminal is drawn anew, elsewhere each row that "
                "has changed is a line of JSON.",
                chosen.follow),
  };
}

std::vector<cli::option> make_options(settings& chosen) {
  std::vector<cli::option> all = group_options(chosen);
  for (const auto& rows :
       {client_options(chosen.count.reading), filter_options(chosen.count.filter),
        format_options(chosen), output_options(chosen.output), input_options(chosen)}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace

cli::command make_command(settings& chosen) {
  return {
      .name = "countips",
      .summary = "Count requests and distinct clients in web access logs",
      .operands = {.usage = "[FILE...]"},
      .examples = {{"countips /var/log/nginx/access.log*",
                    "requests and distinct clients of each day"},
                   {"ssh web cat access.log.gz | countips", "the same, from a pipe"},
                   {"countips --by file --format csv logs/", "of each file in a folder"}},
      .options = make_options(chosen),
      .notes =
          "FILE is an access log in any of the formats that are recognised (see the manual),\n"
          "plain or packed with gzip, zstd, bzip2 or xz, a directory of such files, or a\n"
          "pattern in quotes; standard input if there is none, or for -. Lines without a\n"
          "client or a valid time are reported, not counted.\n"
          "\n"
          "Exit status: 0 all was read; 1 something could not be read, is no access log, or\n"
          "has more bad lines than allowed; 2 wrong usage; 130 interrupted.",
      .offers_processes = offers_processes,
      .run = [&chosen](cli::session& session) { return run(session, chosen); },
  };
}

}  // namespace countips
