#include "model/choices.h"

namespace model {

choices::choices(const std::vector<std::size_t>& as_told) {
  for (const std::size_t each : as_told) path_.push_back({each, 0});
}

std::optional<std::size_t> choices::choose(std::size_t options) {
  if (options == 1) return 0;
  if (depth_ == path_.size()) path_.push_back({first_choice(options), options});
  const decision& here = path_[depth_++];
  const bool fits = here.options == 0 ? here.taken < options : here.options == options;
  return fits ? std::optional(here.taken) : std::nullopt;
}

// By chance every other choice is the plain one: surprises that come one upon another hide more
// than they show.
std::size_t choices::first_choice(std::size_t options) {
  if (!random_ || (*random_)() % 2 == 0) return 0;
  return static_cast<std::size_t>((*random_)() % options);
}

bool choices::advance() {
  depth_ = 0;
  while (!path_.empty() && path_.back().taken + 1 == path_.back().options) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().taken;
  return true;
}

std::vector<std::size_t> choices::taken() const {
  std::vector<std::size_t> all;
  for (const decision& each : path_) all.push_back(each.taken);
  return all;
}

}  // namespace model
