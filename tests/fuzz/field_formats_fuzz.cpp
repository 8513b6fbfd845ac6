// Whatever a log holds, each format of delimited fields tells every line as one thing, cutting the
// log elsewhere changes nothing, and neither does asking for more of each line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "countips/counting/count_block.h"
#include "countips/formats/field_formats.h"
#include "fuzz/require.h"

namespace {

using countips::count_options;
using countips::line_counts;
using countips::log_format;
using countips::tally;

struct counted_log {
  line_counts lines;
  tally counted;

  friend bool operator==(const counted_log& a, const counted_log& b) {
    const auto same_group = [](const auto& left, const auto& right) {
      return left.first == right.first && left.second.requests == right.second.requests &&
             left.second.clients.size() == right.second.clients.size();
    };
    return a.lines == b.lines && std::equal(a.counted.begin(), a.counted.end(), b.counted.begin(),
                                            b.counted.end(), same_group);
  }
};

counted_log count_whole(const log_format& format, std::string_view log,
                        const count_options& options) {
  counted_log all;
  all.lines = count_block(log, format, options, 0, all.counted);
  return all;
}

// Each line alone, so that nothing is remembered from the one before but what headers say.
counted_log count_by_line(const log_format& format, std::string_view log,
                          const count_options& options) {
  counted_log all;
  std::shared_ptr<const log_format> changed;
  while (!log.empty()) {
    const std::size_t size = std::min(log.find('\n'), log.size() - 1) + 1;
    const log_format& now = changed ? *changed : format;
    all.lines.append(count_block(log.substr(0, size), now, options, 0, all.counted));
    if (auto next = now.has_headers() ? now.after(log.substr(0, size)) : nullptr) {
      changed = std::move(next);
    }
    log.remove_prefix(size);
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data), size);
  static const auto formats = countips::field_formats();
  const count_options plain;
  count_options all;
  all.reading.wanted = {
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  for (const auto& format : formats) {
    const counted_log whole = count_whole(*format, log, plain);
    const line_counts& lines = whole.lines;
    require(lines.accepted + lines.other + lines.comments + lines.blank + lines.rejected ==
            lines.lines);
    require(whole == count_by_line(*format, log, plain));
    require(whole == count_whole(*format, log, all));
  }
  return 0;
}
