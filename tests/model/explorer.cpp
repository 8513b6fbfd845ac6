#include "model/explorer.h"

#include <memory>
#include <utility>

#include "model/execution.h"

namespace model {
namespace {

// The next path in depth-first order; false when there is none.
bool advance(std::vector<decision>& path) {
  while (!path.empty() && path.back().taken + 1 == path.back().options) path.pop_back();
  if (path.empty()) return false;
  ++path.back().taken;
  return true;
}

std::vector<std::size_t> choices(const std::vector<decision>& path) {
  std::vector<std::size_t> taken;
  for (const decision& each : path) taken.push_back(each.taken);
  return taken;
}

}  // namespace

verdict explore(const test& make, options bounds) {
  verdict v;
  std::vector<decision> path;
  do {
    const auto once = std::make_shared<execution>(path, bounds);
    v.failure = once->run(make);
    path = once->path();
    ++v.runs;
  } while (v.holds() && advance(path));
  if (!v.holds()) v.schedule = choices(path);
  return v;
}

verdict replay(const test& make, std::vector<std::size_t> schedule, options bounds) {
  std::vector<decision> path;
  for (const std::size_t taken : schedule) path.push_back({taken, taken + 1});
  const auto once = std::make_shared<execution>(std::move(path), bounds);
  return {.runs = 1, .failure = once->run(make), .schedule = std::move(schedule)};
}

}  // namespace model
