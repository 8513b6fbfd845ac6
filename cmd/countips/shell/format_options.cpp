#include "countips/shell/format_options.h"

#include <string>
#include <string_view>

namespace countips {

namespace {

// Each use adds one.
cli::option several(std::string name, std::string what, std::string help,
                    std::vector<std::string>& into) {
  return {.name = std::move(name),
          .argument = std::move(what),
          .help = std::move(help),
          .apply = [&into](std::string_view text) -> cli::applied {
            if (text.empty()) return par::unexpected<std::string>("must not be empty");
            into.emplace_back(text);
            return {};
          }};
}

cli::applied set_limit(std::string_view text, bad_limit& into) {
  const auto limit = bad_limit::parse(text);
  if (!limit) return par::unexpected<std::string>("must be a number of lines, or a share as in 1%");
  into = *limit;
  return {};
}

}  // namespace

std::vector<cli::option> format_options(settings& chosen) {
  return {
      several("log-format", "FORMAT",
              "Read the logs in this format instead of recognising it: a name such as combined or "
              "w3c, a LogFormat of Apache, a log_format of nginx, or a regular expression with "
              "groups (?P<client>...) and (?P<time>...). Given several times, each input is in one "
              "of them.",
              chosen.log_formats),
      several("conf", "FILE",
              "Also know the formats that this configuration of Apache or nginx defines.",
              chosen.configurations),
      cli::flag("explain", '\0',
                "Print for each input the format that was found, on what evidence, and the first "
                "lines that were rejected, instead of the answer.",
                chosen.explain),
      {.name = "rejects",
       .argument = "FILE",
       .help =
           "Write each rejected line to FILE with its number and the reason, or without FILE to "
           "standard error.",
       .optional = true,
       .apply = [&chosen](std::string_view text) -> cli::applied {
         chosen.rejects = true;
         chosen.rejects_file = text;
         return {};
       }},
      {.name = "max-bad",
       .argument = "LIMIT",
       .help =
           "Fail if more lines of an input than that are rejected: a number, or a share as in 1% "
           "of its lines but for comments and blank ones. The answer is printed all the same.",
       .apply = [&chosen](std::string_view text) { return set_limit(text, chosen.most_bad); }},
  };
}

}  // namespace countips
