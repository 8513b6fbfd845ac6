#include "request.h"

#include <fmt/chrono.h>

#include <ctime>

namespace generate {

moment moment_of(std::int64_t epoch) {
  const std::tm parts = fmt::gmtime(static_cast<std::time_t>(epoch));
  return {.epoch = epoch,
          .date = fmt::format("{:%Y-%m-%d}", parts),
          .clock = fmt::format("{:%H:%M:%S}", parts),
          .clf = fmt::format("{:%d/%b/%Y:%H:%M:%S}", parts),
          .ctime = fmt::format("{:%a %b %e %H:%M:%S %Y}", parts)};
}

std::string target(const request& what) {
  return what.query.empty() ? what.path : what.path + '?' + what.query;
}

std::string clf_time(const request& what) {
  return what.when.clf + " +0000";
}

std::string iso_time(const request& what) {
  return what.when.date + 'T' + what.when.clock;
}

}  // namespace generate
