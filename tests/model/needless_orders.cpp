#include "model/needless_orders.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "model/execution.h"
#include "model/sanitized.h"

namespace model {
namespace {

// Stale reads lead to no place that interruptions do not lead to.
void collect(std::set<site>& met, const proof& scenario) {
  options bounds = scenario.bounds;
  bounds.stale_reads = 0;
  choices path;
  do {
    static_cast<void>(execution::run(scenario.make, path, bounds, {.sites = &met}));
  } while (path.advance());
}

// What a weak order can lead to; any other failure says that the scenario is at fault.
bool of_the_order(const std::string& failure) {
  for (const char* each :
       {"deadlock", "wrong result", "does not end", "data race", "used after its end"}) {
    if (failure == each) return true;
  }
  return false;
}

bool notices(const proof& scenario, const weakening& weaken) {
  options bounds = scenario.bounds;
  bounds.weaken = weaken;
  const verdict v = explore(scenario.make, bounds);
  if (v.holds()) return false;
  if (of_the_order(v.failure)) return true;
  throw std::logic_error(std::string(scenario.name) + " with " + describe(weaken) + ": " +
                         v.failure);
}

void must_have_sites(const std::vector<site>& found, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (std::ranges::find(found, file, &site::file) == found.end()) {
      throw std::logic_error("no memory order met in " + file);
    }
  }
}

}  // namespace

std::vector<site> sites(const std::vector<proof>& scenarios,
                        const std::vector<std::string>& files) {
  std::set<site> met;
  for (const proof& each : scenarios) collect(met, each);
  std::vector<site> found;
  std::ranges::copy_if(met, std::back_inserter(found), [&](const site& each) {
    return each.order != std::memory_order_relaxed &&
           std::ranges::find(files, each.file) != files.end();
  });
  return found;
}

std::vector<std::string> needless_orders(const std::vector<proof>& scenarios,
                                         const std::vector<std::string>& files) {
  if (sanitized) return {};  // Too slow for it, and of no use to it.
  const std::vector<site> found = sites(scenarios, files);
  must_have_sites(found, files);
  std::vector<std::string> needless;
  for (const site& each : found) {
    for (const std::memory_order weaker : one_step_weaker(each.what, each.order)) {
      const weakening weaken{each, weaker};
      const bool noticed = std::ranges::any_of(
          scenarios, [&](const proof& scenario) { return notices(scenario, weaken); });
      if (!noticed) needless.push_back(describe(weaken));
    }
  }
  return needless;
}

}  // namespace model
