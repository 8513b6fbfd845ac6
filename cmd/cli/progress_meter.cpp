#include "cli/progress_meter.h"

#include <algorithm>

namespace cli {
namespace {

using namespace std::chrono_literals;
using seconds = std::chrono::duration<double>;

constexpr std::chrono::nanoseconds window = 5s;           // What "now" means for the rate.
constexpr std::chrono::nanoseconds shortest = 500ms;      // Less says nothing yet.
constexpr std::chrono::seconds longest_left = 100h * 24;  // More is as good as unknown.

// Work of a known total; counted in items where bytes say nothing.
struct work {
  double done = 0;
  double total = 0;
};

work work_of(const progress_sample& sample) {
  const std::uint64_t items_total = sample.items_total.value_or(0);
  const std::uint64_t bytes_total = sample.bytes_total.value_or(0);
  const auto cost = bytes_total == 0 ? 1.0 : static_cast<double>(sample.item_cost);
  const auto of = [&](std::uint64_t bytes, std::uint64_t items) {
    return static_cast<double>(bytes) + cost * static_cast<double>(items);
  };
  if (bytes_total == 0) return {of(0, sample.items), of(0, items_total)};
  return {of(sample.bytes, sample.items), of(bytes_total, items_total)};
}

bool is_complete(const progress_sample& sample) {
  return sample.items >= sample.items_total.value_or(0) &&
         sample.bytes >= sample.bytes_total.value_or(0);
}

int percent_of(const progress_sample& sample, const work& amount) {
  if (is_complete(sample)) return 100;
  return static_cast<int>(std::clamp(100 * amount.done / amount.total, 0.0, 99.0));
}

std::optional<double> per_second(double before, double now, std::chrono::nanoseconds span) {
  if (span < shortest) return std::nullopt;
  return std::max(now - before, 0.0) / seconds(span).count();
}

std::optional<std::chrono::seconds> time_left(const work& amount, std::optional<double> rate) {
  if (!rate || *rate <= 0) return std::nullopt;
  const seconds left(std::max(amount.total - amount.done, 0.0) / *rate);
  if (left > longest_left) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(left);
}

}  // namespace

progress_figures progress_meter::update(const progress_sample& sample,
                                        std::chrono::nanoseconds elapsed) {
  const work amount = work_of(sample);
  const point now{.at = elapsed,
                  .items = static_cast<double>(sample.items),
                  .bytes = static_cast<double>(sample.bytes_moved.value_or(sample.bytes)),
                  .work = amount.done};
  recent_.push_back(now);
  // One point at or before the window's begin stays, so that the span is never shorter.
  while (recent_.size() > 2 && elapsed - recent_[1].at >= window) recent_.pop_front();
  const point& old = recent_.front();
  const std::chrono::nanoseconds span = elapsed - old.at;

  progress_figures figures;
  figures.elapsed = elapsed;
  figures.bytes_per_second = per_second(old.bytes, now.bytes, span);
  figures.items_per_second = per_second(old.items, now.items, span);
  if (sample.counting || amount.total <= 0) return figures;
  highest_ = std::max(highest_, percent_of(sample, amount));
  figures.percent = highest_;
  figures.left = time_left(amount, per_second(old.work, now.work, span));
  return figures;
}

}  // namespace cli
