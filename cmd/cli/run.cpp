// From main's arguments to the exit status: the steps that every command goes through.
#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>

#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/completions.h"
#include "cli/help.h"
#include "cli/man_options.h"
#include "cli/parse.h"
#include "cli/shell_session.h"
#include "cli/signals.h"
#include "cli/standard_streams.h"
#include "cli/terminal.h"

namespace cli {
namespace {

// The command as its user sees it. Made before anything is parsed, since the rows of a table keep
// what their targets held when they were made.
struct command_line {
  explicit command_line(const command& tool) : what(tool) {
    table.insert(table.end(), common.begin(), common.end());
  }
  command_line(const command_line&) = delete;
  command_line& operator=(const command_line&) = delete;

  const command& what;
  common_settings settings;
  const std::vector<option> common = common_options(settings, what.offers_processes);
  std::vector<option> table = what.options;  // The command's own, then the common ones.
};

std::string generate(const command_line& line) {
  switch (line.settings.generate) {
    case generated::completion_bash:
      return bash_completion(line.what, line.table);
    case generated::completion_zsh:
      return zsh_completion(line.what, line.table);
    case generated::completion_fish:
      return fish_completion(line.what, line.table);
    case generated::man_options:
      return man_options(line.table);
    case generated::nothing:
      break;
  }
  return {};
}

// What is printed instead of doing the work; empty if the work was asked for.
std::string text_asked_for(const command_line& line) {
  if (line.settings.help) {
    return help_text(line.what, line.common,
                     {.columns = terminal_columns(STDOUT_FILENO),
                      .colored = wants_color(line.settings.color, STDOUT_FILENO)});
  }
  if (line.settings.version) return line.what.name + " " CLI_VERSION "\n";
  return generate(line);
}

status perform(const command_line& line, session& shell) {
  const std::string text = text_asked_for(line);
  if (!text.empty()) {
    shell.out().write(text);
    return status::done;
  }
  check_operands(line.what.operands, shell.operands());
  return line.what.run(shell);
}

status report_misuse(messages& log, const command_line& line, const usage_error& misuse) {
  log.error(misuse.what());
  log.plain("Try '" + line.what.name + " --help' for more information.");
  return status::usage;
}

// What is thrown is a failure that nobody foresaw.
status guarded(session& shell, status on_failure, const std::function<status()>& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    shell.log().error("out of memory");
  } catch (const std::exception& failure) {
    shell.log().error(failure.what());
  }
  return on_failure;
}

// A command may also throw for misuse that it finds late.
status perform_guarded(const command_line& line, session& shell) {
  return guarded(shell, status::usage, [&] {
    try {
      return perform(line, shell);
    } catch (const usage_error& misuse) {
      return report_misuse(shell.log(), line, misuse);
    }
  });
}

// Looks at what became of the output, then at the signals, then at the errors.
int conclude(session& shell, const signals& caught, status how) {
  output& out = shell.out();
  const bool written = out.flush();
  const bool ends_quietly = out.closed_by_reader() && !caught.pipe_was_ignored();
  if (!written && !ends_quietly && !out.given_up())
    shell.log().error("write error: " + reason(out.error()));
  if (caught.caught() != 0) return end_by(caught.caught());
  if (ends_quietly) return end_by(SIGPIPE);
  const bool failed = how == status::done && shell.log().errors() > 0;
  return static_cast<int>(failed ? status::errors : how);
}

std::vector<std::string> parse_for(const command_line& line,
                                   const std::vector<std::string>& arguments) {
  return parse(line.table, arguments,
               line.what.operands.negative_numbers ? minus_digit::operand : minus_digit::option);
}

}  // namespace

int run(int argc, char** argv, const command& what) {
  occupy_standard_streams();
  const signals caught;
  const command_line line(what);
  std::vector<std::string> operands;
  try {
    operands = parse_for(line, std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const usage_error& misuse) {
    status_line screen(STDERR_FILENO);
    messages log(what.name, screen, wants_color(line.settings.color, STDERR_FILENO));
    return static_cast<int>(report_misuse(log, line, misuse));
  }
  shell_session shell(what.name, std::move(operands), line.settings, caught);
  return conclude(shell, caught, perform_guarded(line, shell));
}

void apply_options(const command& what, const std::vector<std::string>& arguments) {
  static_cast<void>(parse_for(command_line(what), arguments));
}

int run_work(const std::string& name, status failure, const std::function<status(session&)>& work) {
  occupy_standard_streams();
  const signals caught;
  common_settings plain;
  plain.quiet = true;
  plain.color = when::never;
  shell_session shell(name, {}, plain, caught);
  return conclude(shell, caught, guarded(shell, failure, [&] { return work(shell); }));
}

}  // namespace cli
