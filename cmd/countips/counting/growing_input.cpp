#include "countips/counting/growing_input.h"

#include <utility>

namespace countips {

growing_input::growing_input(std::string path, const block_rules& how, const input_rules& rules,
                             tally& into, input_result& result)
    : path_(std::move(path)), how_(how), rules_(rules), into_(into), result_(result) {}

bool growing_input::add(std::string_view text) {
  if (now_ != nullptr) {
    count(text);
    return true;
  }
  if (!waiting_.empty() && waiting_.back() != '\n') waiting_ += '\n';
  waiting_ += text;
  if (waiting_.size() < next_try_) return false;
  if (!find_format()) {
    next_try_ = waiting_.size() < small_sample ? 0 : 2 * waiting_.size();
    if (waiting_.size() > large_sample) reject_waiting();
    return false;
  }
  count(std::exchange(waiting_, {}));
  return true;
}

void growing_input::begin_file() {
  finish();
  now_ = nullptr;
}

void growing_input::finish() {
  if (waiting_.empty()) return;
  if (find_format()) {
    count(std::exchange(waiting_, {}));
  } else {
    reject_waiting();
  }
}

bool growing_input::find_format() {
  const auto all = [this](std::size_t) { return std::string_view(waiting_); };
  const input_format found = choose_format(all, [] { return std::string_view(); }, rules_);
  now_ = found.format;
  if (result_.format.name.empty()) result_.format = summary_of(found);
  return now_ != nullptr;
}

void growing_input::count(std::string_view text) {
  append(result_, count_block(text, *now_, how_, into_), path_, rules_);
  if (auto next = now_->has_headers() ? now_->after(text) : nullptr) now_ = std::move(next);
}

void growing_input::reject_waiting() {
  next_try_ = 0;
  append(result_, reject_block(std::exchange(waiting_, {}), how_, into_), path_, rules_);
}

}  // namespace countips
