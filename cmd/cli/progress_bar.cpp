#include "cli/progress_bar.h"

#include <chrono>
#include <stop_token>
#include <system_error>
#include <utility>

#include "cli/progress_json.h"
#include "cli/progress_meter.h"
#include "cli/progress_text.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace cli {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

// Columns left free at the end, where the terminal echoes "^C": else that would wrap, and leave the
// bar standing on the line before.
constexpr int echo_room = 3;

// False when the stop was requested before the time was over.
bool pause(const std::stop_token& stop, std::chrono::milliseconds span) {
  par::mutex guard;
  par::condition_variable never_notified;
  par::unique_lock lock(guard);
  never_notified.wait_for(lock, stop, span, [] { return false; });
  return !stop.stop_requested();
}

class painter {
 public:
  painter(status_line& line, std::function<progress_sample()> sample)
      : line_(line), sample_(std::move(sample)) {}

  void draw_bar(const std::stop_token& stop) {
    do {
      const progress_sample sample = sample_();
      line_.show(progress_text(sample, figures(sample), line_.columns() - echo_room));
    } while (pause(stop, 100ms));
    line_.erase();
  }

  void print_json(const std::stop_token& stop) {
    while (pause(stop, 1000ms)) print_one(false);
    print_one(true);
  }

 private:
  progress_figures figures(const progress_sample& sample) {
    return meter_.update(sample, clock::now() - start_);
  }

  void print_one(bool finished) {
    const progress_sample sample = sample_();
    line_.print(progress_json(sample, figures(sample), finished));
  }

  status_line& line_;
  const std::function<progress_sample()> sample_;
  const clock::time_point start_ = clock::now();
  progress_meter meter_;
};

}  // namespace

progress_bar::progress_bar(progress_mode mode, status_line& line,
                           std::function<progress_sample()> sample) {
  if (mode == progress_mode::off) return;
  const auto draw = mode == progress_mode::bar ? &painter::draw_bar : &painter::print_json;
  try {
    painter_ =
        par::thread("progress", [draw, work = painter(line, std::move(sample))](
                                    const std::stop_token& stop) mutable { (work.*draw)(stop); });
  } catch (const std::system_error&) {
    // The work itself goes on without a bar.
  }
}

}  // namespace cli
