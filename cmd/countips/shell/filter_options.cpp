#include "countips/shell/filter_options.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/command.h"
#include "countips/shell/arguments.h"
#include "countips/shell/option_value.h"

namespace countips {

namespace {

using patterns = std::vector<regex_program>;

cli::option moment_option(std::string name, std::string help, local_time moment::* part,
                          std::optional<local_time>& into) {
  return option_value(std::move(name), "TIME", std::move(help),
                      [part, &into](std::string_view text) -> cli::applied {
                        if (into) return par::unexpected<std::string>("is given twice");
                        const auto at = parse_moment(text);
                        if (!at) return par::unexpected<std::string>(at.error());
                        into = *at.*part;
                        return {};
                      });
}

// May be given several times.
cli::option pattern_option(std::string name, std::string help, patterns& into) {
  return option_value(std::move(name), "RE", std::move(help),
                      [&into](std::string_view text) -> cli::applied {
                        auto compiled = regex_program::compile(text);
                        if (!compiled) return par::unexpected<std::string>(compiled.error());
                        into.push_back(*std::move(compiled));
                        return {};
                      });
}

cli::applied add_statuses(std::string_view text, std::optional<status_set>& into) {
  const auto parsed = status_set::parse(text);
  if (!parsed) return par::unexpected<std::string>("must be statuses such as 404,5xx");
  if (into) {
    into->merge(*parsed);
  } else {
    into = parsed;
  }
  return {};
}

std::vector<cli::option> time_and_status_options(record_filter& filter) {
  return {
      moment_option("since", "Leave out what is before TIME: 2024-06, 2024-06-09 10:30.",
                    &moment::first, filter.since),
      moment_option("until", "Leave out what is after TIME, the whole of which is taken.",
                    &moment::next, filter.before),
      option_value(
          "status", "LIST",
          "Only requests with these statuses: 404, 5xx, 200-299, !4xx; with several lists, those "
          "of any.",
          [&filter](std::string_view text) { return add_statuses(text, filter.statuses); }),
      option_value("method", "METHOD",
                   "Only requests with this method; with several, one of them must be it.",
                   [&filter](std::string_view text) -> cli::applied {
                     filter.methods.emplace_back(text);
                     return {};
                   }),
  };
}

std::vector<cli::option> text_options(record_filter& filter) {
  return {
      pattern_option("path",
                     "Only requests whose path, with its query, holds a match of this regular "
                     "expression (RE2); with several, a match of one of them.",
                     filter.paths.wanted),
      pattern_option("exclude-path",
                     "Leave out requests whose path holds a match of RE, or of one of several.",
                     filter.paths.unwanted),
      pattern_option("agent", "Only requests whose user agent holds a match of RE.",
                     filter.agents.wanted),
      pattern_option("exclude-agent", "Leave out requests whose user agent holds a match of RE.",
                     filter.agents.unwanted),
      pattern_option("host",
                     "Only requests to virtual hosts whose name, as --by host prints it, holds "
                     "a match of RE.",
                     filter.hosts.wanted),
      cli::choice<bot_choice>(
          "bots", '\0', "HOW",
          "Count the requests of crawlers, monitors and other programs that say "
          "so in their user agent, leave them out, or count only them.",
          {{"include", bot_choice::include},
           {"exclude", bot_choice::exclude},
           {"only", bot_choice::only}},
          filter.bots),
  };
}

}  // namespace

std::vector<cli::option> filter_options(record_filter& filter) {
  std::vector<cli::option> all = time_and_status_options(filter);
  for (cli::option& each : text_options(filter)) all.push_back(std::move(each));
  return all;
}

void check_filter(const record_filter& filter) {
  if (filter.since && filter.before && *filter.before <= *filter.since) {
    throw cli::usage_error("--until must not be before --since");
  }
}

}  // namespace countips
