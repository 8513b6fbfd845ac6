// countips: requests and distinct clients of web access logs.
//
//   command  the options, and what help says
//   run      counts through count(), tells what went wrong, prints the answer
//   count    inputs -> input_counter -> tallies -> merge_tallies -> report
#include <cstdlib>

#include "countips/shell/command.h"

int main(int argc, char** argv) {
  countips::settings chosen;
  if (const char* const zone = std::getenv("TZ")) chosen.here = zone;
  return cli::run(argc, argv, countips::make_command(chosen));
}
