#include "countips/command.h"

#include "countips/run.h"

namespace countips {

namespace {

std::vector<cli::option> make_options(settings& chosen) {
  return {
      cli::choice<grouping>("by", '\0', "GROUP", "Count for each day (the default) or each file.",
                            {{"day", grouping::day}, {"file", grouping::file}}, chosen.by),
      cli::choice<format_choice>(
          "format", 'f', "FORMAT",
          "How to print the answer; by default as a table on a terminal, and as tsv otherwise.",
          {{"table", format_choice::table},
           {"tsv", format_choice::tsv},
           {"csv", format_choice::csv},
           {"json", format_choice::json}},
          chosen.format),
      cli::flag("no-header", '\0', "Leave out the line with the names of the columns.",
                chosen.no_header),
  };
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
          "FILE is a log in the common or combined format, plain or gzip, or a directory\n"
          "of such files; standard input if there is none, or for -. Lines without a\n"
          "client or a valid time are reported, not counted.\n"
          "\n"
          "Exit status: 0 all was read; 1 something could not be read, or is no access\n"
          "log; 2 wrong usage.",
      .run = [&chosen](cli::session& session) { return run(session, chosen); },
  };
}

}  // namespace countips
