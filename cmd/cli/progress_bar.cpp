#include "cli/progress_bar.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "cli/progress_json.h"
#include "cli/progress_meter.h"
#include "cli/progress_request.h"
#include "cli/progress_text.h"

namespace cli {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

// Columns left free at the end, where the terminal echoes "^C": else that would wrap, and leave the
// bar standing on the line before.
constexpr int echo_room = 3;

class painter {
 public:
  painter(progress_mode mode, status_line& line, std::function<progress_sample()> sample)
      : mode_(mode), line_(line), sample_(std::move(sample)) {}

  void work(const std::stop_token& stop) {
    const std::stop_callback awake(stop, [] { interrupt_progress_wait(); });
    do {
      if (take_progress_request()) answer();
      if (mode_ != progress_mode::off && clock::now() >= next_) take_turn();
      wait_for_progress_request(until_next());
    } while (!stop.stop_requested());
    if (mode_ == progress_mode::bar) line_.erase();
    if (mode_ == progress_mode::json) print_json(true);
  }

 private:
  [[nodiscard]] clock::duration turn() const { return mode_ == progress_mode::json ? 1s : 100ms; }

  [[nodiscard]] std::optional<clock::duration> until_next() const {
    if (mode_ == progress_mode::off) return std::nullopt;
    return std::max(next_ - clock::now(), clock::duration::zero());
  }

  void take_turn() {
    if (mode_ == progress_mode::json) print_json(false);
    if (mode_ == progress_mode::bar) line_.show(text(line_.columns() - echo_room));
    next_ = clock::now() + turn();
  }

  void answer() {
    if (mode_ == progress_mode::json) return print_json(false);
    line_.print(text(line_.columns()) + '\n');
  }

  std::string text(int columns) {
    const progress_sample sample = sample_();
    return progress_text(sample, figures(sample), columns);
  }

  void print_json(bool finished) {
    const progress_sample sample = sample_();
    line_.print(progress_json(sample, figures(sample), finished));
  }

  progress_figures figures(const progress_sample& sample) {
    return meter_.update(sample, clock::now() - start_);
  }

  const progress_mode mode_;
  status_line& line_;
  const std::function<progress_sample()> sample_;
  const clock::time_point start_ = clock::now();
  clock::time_point next_ = mode_ == progress_mode::json ? start_ + turn() : start_;
  progress_meter meter_;
};

}  // namespace

progress_bar::progress_bar(progress_mode mode, status_line& line,
                           std::function<progress_sample()> sample) {
  try {
    painter_ =
        par::thread("progress", [work = painter(mode, line, std::move(sample))](
                                    const std::stop_token& stop) mutable { work.work(stop); });
  } catch (const std::system_error&) {
    // The work itself goes on without a bar.
  }
}

}  // namespace cli
