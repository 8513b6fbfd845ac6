// countips: requests and distinct clients of web access logs.
//
//   command  the options, and what help says
//   run      counts through count(), tells what went wrong, prints the answer
//   count    inputs -> input_counter -> tallies -> merge_tallies -> report
//   workers  the same with parts of the inputs counted by other processes
#include <cstdlib>

#include "cli/backend.h"
#include "countips/shell/command.h"
#ifdef COUNTIPS_HAS_PROCESSES
#include "par/processes/start_method.h"
#endif

int main(int argc, char** argv) {
  countips::settings chosen;
  chosen.arguments.assign(argv + (argc > 0 ? 1 : 0), argv + argc);
#ifdef COUNTIPS_HAS_PROCESSES
  if (cli::may_want_processes(argc, argv)) par::prepare_processes(argc, argv);
#endif
  if (const char* const zone = std::getenv("TZ")) chosen.here = zone;
  return cli::run(argc, argv, countips::make_command(chosen));
}
