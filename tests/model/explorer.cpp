#include "model/explorer.h"

#include <ostream>
#include <sstream>

#include "model/execution.h"
#include "model/sanitized.h"

namespace model {
namespace {

// A sanitizer is there to see the code run, not to see every way it can run.
constexpr std::size_t enough_for_a_sanitizer = 5'000;

// Runs the schedule of the failure again for what each thread did.
void add_trace(verdict& v, const test& make, const options& bounds) {
  choices again(v.schedule);
  static_cast<void>(execution::run(make, again, bounds, {.trace = &v.trace}));
}

void record_failure(verdict& v, const choices& led_to_it, const test& make, const options& bounds) {
  v.schedule = led_to_it.taken();
  add_trace(v, make, bounds);
}

std::string text(const std::vector<std::size_t>& schedule) {
  std::string all;
  for (const std::size_t each : schedule) {
    if (!all.empty()) all += ' ';
    all += std::to_string(each);
  }
  return all;
}

}  // namespace

verdict explore(const test& make, const options& bounds) {
  verdict v;
  choices path;
  do {
    if (v.runs == bounds.runs) {
      v.failure = "too many runs";
      return v;
    }
    v.failure = execution::run(make, path, bounds);
    ++v.runs;
    if (sanitized && v.runs == enough_for_a_sanitizer) break;
  } while (v.holds() && path.advance());
  if (!v.holds()) record_failure(v, path, make, bounds);
  return v;
}

verdict explore_random(const test& make, std::uint64_t seed, std::size_t runs,
                       const options& bounds) {
  verdict v;
  while (v.holds() && v.runs < runs) {
    v.seed = seed + v.runs;
    choices by_chance(*v.seed);
    v.failure = execution::run(make, by_chance, bounds);
    ++v.runs;
    if (!v.holds()) record_failure(v, by_chance, make, bounds);
  }
  return v;
}

verdict replay(const test& make, const std::vector<std::size_t>& schedule, const options& bounds) {
  verdict v{.runs = 1, .failure = {}, .schedule = schedule, .seed = {}, .trace = {}};
  choices as_told(schedule);
  v.failure = execution::run(make, as_told, bounds, {.trace = &v.trace});
  return v;
}

verdict replay(const test& make, const std::string& schedule, const options& bounds) {
  std::istringstream in(schedule);
  std::vector<std::size_t> numbers;
  for (std::size_t each = 0; in >> each;) numbers.push_back(each);
  return replay(make, numbers, bounds);
}

std::ostream& operator<<(std::ostream& out, const verdict& v) {
  if (v.holds()) return out << "holds in " << v.runs << " runs";
  out << v.failure << " in run " << v.runs;
  if (v.seed) out << ", seed " << *v.seed;
  out << "\nschedule: " << text(v.schedule) << "\n";
  for (const std::string& each : v.trace) out << "  " << each << "\n";
  return out;
}

}  // namespace model
