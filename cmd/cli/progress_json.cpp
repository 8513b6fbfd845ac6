#include "cli/progress_json.h"

#include <fmt/format.h>

#include <optional>

#include "cli/quote.h"

namespace cli {
namespace {

std::string total(std::optional<std::uint64_t> number) {
  return number ? fmt::format("{}", *number) : "null";
}

std::string rounded(std::optional<double> number) {
  return number ? fmt::format("{:.0f}", *number) : "null";
}

std::string seconds(std::optional<std::chrono::seconds> span) {
  return span ? fmt::format("{}", span->count()) : "null";
}

}  // namespace

std::string progress_json(const progress_sample& sample, const progress_figures& figures,
                          bool finished) {
  const std::chrono::duration<double> elapsed = figures.elapsed;
  return fmt::format(
      R"({{"elapsed":{:.3f},"items":{},"items_total":{},"bytes":{},"bytes_total":{},)"
      R"("counting":{},"unit":{},"percent":{},"bytes_per_second":{},"items_per_second":{},)"
      R"("seconds_left":{},"current":{},"finished":{}}})"
      "\n",
      elapsed.count(), sample.items, total(sample.items_total), sample.bytes,
      total(sample.bytes_total), sample.counting, json_string(sample.unit),
      rounded(figures.percent), rounded(figures.bytes_per_second),
      rounded(figures.items_per_second), seconds(figures.left), json_string(sample.current),
      finished);
}

}  // namespace cli
