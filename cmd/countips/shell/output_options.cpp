#include "countips/shell/output_options.h"

namespace countips {

std::vector<cli::option> output_options(output_settings& chosen) {
  return {
      cli::choice<format_choice>(
          "format", 'f', "FORMAT",
          "How to print the answer; by default as a table on a terminal, and as tsv otherwise.",
          {{"table", format_choice::table},
           {"tsv", format_choice::tsv},
           {"csv", format_choice::csv},
           {"json", format_choice::json},
           {"ndjson", format_choice::ndjson}},
          chosen.format),
      cli::flag("no-header", '\0', "Leave out the line with the names of the columns.",
                chosen.no_header),
      cli::flag("total", '\0',
                "Add a last row for the total in tsv, csv and ndjson; the other formats have it.",
                chosen.total),
      cli::choice<cli::when>("bars", '\0', "WHEN",
                             "Draw a bar beside each row of a table: 'auto' means on a terminal.",
                             {{"auto", cli::when::automatic},
                              {"always", cli::when::always},
                              {"never", cli::when::never}},
                             chosen.bars),
      cli::text("html", '\0', "FILE",
                "Write a page with a chart to a file, beside the answer; '-' is standard output, "
                "where the page takes the place of the answer.",
                chosen.html),
  };
}

}  // namespace countips
