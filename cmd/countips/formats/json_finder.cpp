#include "countips/formats/json_finder.h"

#include <algorithm>
#include <utility>

namespace countips {

json_finder::json_finder(json_key root, json_slot_set asked)
    : root_(std::move(root)), asked_(asked) {}

// Comparing and learning cost about as much as a walk: where no two lines have the same shape, both
// become rare.
json_end json_finder::find(std::string_view line, json_found& into) {
  constexpr std::size_t patience = 16;
  const bool may_match = misses_ < patience || misses_ % patience == 0;
  if (may_match) {
    if (const std::optional<json_end> end = match(line, into)) return *end;
  }
  ++misses_;
  into.clear();
  const json_end end = document_.walk(line, root_, asked_, into);
  if (may_match && !document_.is_mended()) learn(line, end);
  return end;
}

std::optional<json_end> json_finder::match(std::string_view line, json_found& into) {
  for (json_shape& shape : known_) {
    if (!matches(shape, line, into)) continue;
    if (&shape != known_.data()) std::swap(shape, known_.front());
    misses_ = 0;
    return known_.front().is_whole() ? json_end::whole : json_end::decided;
  }
  return std::nullopt;
}

// Where the best fields are empty this time, others may follow behind what the shape covers.
bool json_finder::matches(const json_shape& shape, std::string_view line, json_found& into) const {
  into.clear();
  return shape.match(line, into) && (shape.is_whole() || into.decided().has_all(asked_));
}

void json_finder::learn(std::string_view line, json_end end) {
  std::optional<json_shape> shape = json_shape::of(line, end, document_.seen());
  if (!shape) return;
  std::move_backward(known_.begin(), known_.end() - 1, known_.end());
  known_.front() = std::move(*shape);
}

}  // namespace countips
