// Options that say how numbers are printed.
#include "fib/shell/choices.h"
#include "fib/shell/option_row.h"

namespace fib {

namespace {

cli::option noted_flag(choices& chosen, cli::option row, bool& target) {
  return noted(chosen, std::move(row), [&target](std::string_view) -> cli::applied {
    target = true;
    return {};
  });
}

}  // namespace

std::vector<cli::option> how_options(choices& chosen) {
  return {
      noted_flag(chosen,
                 {.name = "index",
                  .letter = 'i',
                  .argument = {},
                  .help = "Print the index and a tab before each number.",
                  .apply = {}},
                 chosen.indexed),
      noted(chosen,
            {.name = "separator",
             .letter = 'S',
             .argument = "TEXT",
             .help = "Print TEXT between numbers, and a newline after the last.",
             .apply = {}},
            [&chosen](std::string_view text) -> cli::applied {
              chosen.separator = text;
              return {};
            }),
      noted_flag(chosen,
                 {.name = "null",
                  .letter = '0',
                  .argument = {},
                  .help = "End each number with a NUL byte instead of a newline.",
                  .apply = {}},
                 chosen.null),
      noted_flag(chosen,
                 {.name = "json",
                  .letter = '\0',
                  .argument = {},
                  .help = "Print an array of objects: the index, and beside it the number, or what "
                          "is asked of it, as a string of any length; lengths are numbers.",
                  .apply = {}},
                 chosen.json),
  };
}

}  // namespace fib
