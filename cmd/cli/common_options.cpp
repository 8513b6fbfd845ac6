#include "cli/common_options.h"

namespace cli {
namespace {

constexpr std::size_t most_jobs = 4096;

option jobs(std::size_t& target) {
  option row = number("jobs", 'j', "N", "Work on N threads.", target, 1, most_jobs);
  row.preset = "the CPUs at hand";
  return row;
}

option progress(progress_wish& target) {
  return choice<progress_wish>("progress", '\0', "WHEN",
                               "Show progress on standard error: 'auto' draws a bar if that is a "
                               "terminal, 'json' prints one "
                               "object a second.",
                               {{"auto", progress_wish::automatic},
                                {"always", progress_wish::always},
                                {"never", progress_wish::never},
                                {"json", progress_wish::json}},
                               target);
}

option color(when& target) {
  return choice<when>(
      "color", '\0', "WHEN",
      "Colour help and messages: 'auto' means on a terminal, unless NO_COLOR is set.",
      {{"auto", when::automatic}, {"always", when::always}, {"never", when::never}}, target);
}

option generate(generated& target) {
  return choice<generated>("generate", '\0', "WHAT",
                           "Print a script that teaches the shell to complete this command, "
                           "or the options in the form of a man page.",
                           {{"completion-bash", generated::completion_bash},
                            {"completion-zsh", generated::completion_zsh},
                            {"completion-fish", generated::completion_fish},
                            {"man-options", generated::man_options}},
                           target);
}

}  // namespace

std::vector<option> common_options(common_settings& settings, bool with_processes) {
  return {jobs(settings.jobs),
          choice<backend>("backend", '\0', "NAME", "What runs the work.",
                          available_backends(with_processes), settings.kind),
          flag("quiet", 'q', "Print errors only: no progress bar, no summary.", settings.quiet),
          progress(settings.progress),
          color(settings.color),
          flag("help", 'h', "Print this help.", settings.help),
          flag("version", '\0', "Print the version.", settings.version),
          generate(settings.generate)};
}

}  // namespace cli
