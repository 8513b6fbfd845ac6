// A command described as data, and the one way to run it.
//
// main.cpp of a tool says what the command is called, which operands and options it takes, and what
// to do; run() does the rest: parse, --help, --version, --generate, signals, messages, the exit
// status.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/option.h"
#include "cli/session.h"
#include "cli/status.h"

namespace cli {

struct example {
  std::string line;     // "copytree photos /mnt/backup"
  std::string meaning;  // "copy a folder with everything in it"
};

struct operands {
  std::string usage;      // "SOURCE... DESTINATION", as it stands in the usage line.
  std::size_t least = 0;  // How many must be given.
  std::size_t most = static_cast<std::size_t>(-1);
  std::string completion = "files";  // What the shell completes: "files", "directories" or "none".
  bool negative_numbers = false;     // "-5" is an operand rather than an unknown option.
};

struct command {
  std::string name;     // "copytree"
  std::string summary;  // One line, no full stop.
  cli::operands operands;
  std::vector<example> examples;  // At least one; help shows the first above everything else.
  std::vector<option> options;    // The tool's own; run() adds those that every tool has.
  // Below the options: exit statuses and the like. An empty line separates paragraphs, which are
  // wrapped; a line that begins with a space stays a line. May be empty.
  std::string notes;
  bool offers_processes = false;  // --backend=processes; session::backend_wanted() tells of it.

  // The work itself. The targets of the options are filled in by now. Errors are reported through
  // the session one by one; the status says how it went. Usage errors that only show now are
  // thrown as usage_error.
  std::function<status(session&)> run;
};

// Thrown by a command for what a user typed wrong; run() prints it and ends with status 2.
class usage_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Runs the command as main would; returns the exit status of the process, or ends it by the signal
// that interrupted it. The options that every tool has: -j/--jobs, --backend, -q/--quiet,
// --progress, --color, -h/--help, --version, --generate.
int run(int argc, char** argv, const command& what);

// Fills in the targets of the command's options as run() does, in a process that takes part in the
// work. REQUIRES arguments that run() has accepted.
void apply_options(const command& what, const std::vector<std::string>& arguments);

// For a program that reads its command line by itself: does what run() does around the parsing.
// `name` stands before its messages; there is neither bar nor colour. `work` ends with `failure` if
// it throws.
int run_work(const std::string& name, status failure, const std::function<status(session&)>& work);

}  // namespace cli
