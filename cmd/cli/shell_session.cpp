#include "cli/shell_session.h"

#include <unistd.h>

#include <utility>

#include "cli/terminal.h"
#include "par/base/cpu_count.h"

namespace cli {
namespace {

common_settings with_jobs(common_settings settings) {
  if (settings.jobs == 0) settings.jobs = par::cpu_count();
  return settings;
}

progress_mode mode_for(const common_settings& settings) {
  switch (settings.progress) {
    case progress_wish::always:
      return progress_mode::bar;
    case progress_wish::json:
      return progress_mode::json;
    case progress_wish::never:
      return progress_mode::off;
    case progress_wish::automatic:
      break;
  }
  const bool fits = !settings.quiet && is_capable_terminal(STDERR_FILENO);
  return fits ? progress_mode::bar : progress_mode::off;
}

}  // namespace

shell_session::shell_session(const std::string& command, std::vector<std::string> operands,
                             const common_settings& settings, const signals& caught)
    : operands_(std::move(operands)),
      settings_(with_jobs(settings)),
      signals_(caught),
      out_(STDOUT_FILENO, &caught.stop()),
      line_(STDERR_FILENO),
      log_(command, line_, wants_color(settings.color, STDERR_FILENO)) {}

std::unique_ptr<par::executor> shell_session::make_executor() const {
  return cli::make_executor(settings_.kind, settings_.jobs);
}

progress_bar shell_session::show_progress(std::function<progress_sample()> sample) {
  return {mode_for(settings_), line_, std::move(sample)};
}

}  // namespace cli
