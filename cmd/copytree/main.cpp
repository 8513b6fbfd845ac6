// The command copytree, which is GNU cp when called by that name.
//
// The rooms of this folder, from the ground up; each uses only those before it:
//   system        every system call a copy makes (fs: replaced in tests), descriptors, paths
//   model         options and operands, counters, errors, who is told of them
//   data          the content of a file: methods and their fallbacks, sums, rate, durability
//   selection     patterns: gitignore's, compiled
//   attributes    owner, times, mode, xattrs, access control lists
//   run           what all tasks of one copy share
//   entry         one entry: what stands in its place, how it is made
//   operands      where each operand goes, and what is refused
//   mirror        removes what the source does not have
//   tree          directories as tasks, the walk, the count; copy() carries a plan out
//   shares        parts of a copy that other processes make
//   shell         what both command lines share: words, console, process
//   command_line  copytree's own
//   cp            GNU cp's
#include <string_view>

#include "cli/command.h"
#include "copytree/command_line/command.h"
#include "copytree/cp/cp.h"
#include "copytree/shell/make_helpers.h"

int main(int argc, char** argv) {
  const std::string_view program = argc > 0 ? argv[0] : "";
  if (program.substr(program.rfind('/') + 1) == "cp") return copytree::gnu::run(argc, argv);
  copytree::prepare_helpers(argc, argv);
  return cli::run(argc, argv, copytree::make_command());
}
