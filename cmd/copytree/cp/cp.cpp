#include "copytree/cp/cp.h"

#include <fcntl.h>
#include <langinfo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/backend.h"
#include "cli/command.h"
#include "copytree/cp/command_line.h"
#include "copytree/cp/help.h"
#include "copytree/cp/quote.h"
#include "copytree/shell/console.h"
#include "copytree/shell/process.h"
#include "copytree/tree/copy.h"

namespace copytree::gnu {

namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

environment look_around() {
  static_cast<void>(std::setlocale(LC_CTYPE, ""));  // Without it names are shown in ASCII.
  return {.version_control = variable("VERSION_CONTROL"),
          .simple_backup_suffix = variable("SIMPLE_BACKUP_SUFFIX"),
          .posixly_correct = variable("POSIXLY_CORRECT").has_value(),
          .selinux = ::access("/sys/fs/selinux/status", F_OK) == 0,
          .utf8 = ::nl_langinfo(CODESET) == std::string_view("UTF-8")};
}

cli::status report(cli::session& session, const std::string& program, const misuse& what) {
  if (!what.message.empty()) session.log().error(what.message);
  for (const std::string& line : what.details) session.log().plain(line);
  if (what.suggests_help) {
    session.log().plain("Try '" + program + " --help' for more information.");
  }
  return cli::status::errors;
}

bool is_directory(const std::string& path) {
  struct ::stat status = {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// A question must be answered before the next one is asked.
std::unique_ptr<par::executor> make_executor(const cli::session& session, const options& how) {
  if (how.when_existing == existing::ask) return cli::make_executor(cli::backend::serial, 1);
  return session.make_executor();
}

cli::status copy_files(cli::session& session, const command_line& line, const quoter& quote) {
  const process_powers powers = prepare_process();
  options how = line.how;
  how.report_changes = false;
  how.umask = powers.umask;
  how.privileged = powers.privileged;
  how.descriptors = powers.descriptors;
  file_system fs;
  auto planned = plan_copy(fs, line.operands, how);
  if (!planned) {
    session.log().error(describe(planned.error(), quote));
    return cli::status::errors;
  }
  console events(session, false, nullptr, quote,
                 [](std::string_view name) { return std::string(name); });
  counters counts;
  const auto executor = make_executor(session, how);
  const auto result =
      copy({fs, *executor, session.stop(), events, counts}, how, std::move(*planned));
  return result.errors > 0 ? cli::status::errors : cli::status::done;
}

cli::status carry_out(cli::session& session, const std::string& program, const command_line& line,
                      bool utf8) {
  using wish = command_line::wish;
  if (line.what != wish::copy) {
    session.out().write(line.what == wish::help ? help(program) : version());
    return cli::status::done;
  }
  for (const std::string& warning : line.warnings) session.log().note(warning);
  const plan_request& operands = line.operands;
  const bool is_name = operands.target == target_kind::name ||
                       (operands.target == target_kind::either && operands.sources.size() == 1 &&
                        !is_directory(operands.destination));
  if (operands.parents && is_name) {
    return report(session, program,
                  {.message = "with --parents, the destination must be a directory"});
  }
  return copy_files(session, line,
                    [utf8](std::string_view name) { return shell_quoted(name, utf8); });
}

}  // namespace

int run(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  const std::string& program = arguments.front();
  return cli::run_work(program, cli::status::errors, [&](cli::session& session) {
    const environment around = look_around();
    const auto line = parse_command_line(arguments, around);
    if (!line) return report(session, program, line.error());
    return carry_out(session, program, *line, around.utf8);
  });
}

}  // namespace copytree::gnu
