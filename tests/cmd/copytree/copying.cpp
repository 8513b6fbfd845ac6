#include "cmd/copytree/copying.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "copytree/shell/make_helpers.h"
#include "par/locks/lock_guard.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef TEST_WITH_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace copytree {

namespace {

#if defined(__SANITIZE_THREAD__)
constexpr bool thread_sanitized = true;
#elif defined(__has_feature)
[[maybe_unused]] constexpr bool thread_sanitized = __has_feature(thread_sanitizer);
#else
constexpr bool thread_sanitized = false;
#endif

}  // namespace

void recorder::failed(const error& what) {
  const par::lock_guard lock(guard_);
  errors_.push_back(what);
}

void recorder::noted(const error& what) {
  const par::lock_guard lock(guard_);
  notes_.push_back(what);
}

void recorder::copied(const std::string& source, const std::string& destination) {
  const par::lock_guard lock(guard_);
  list_.push_back(source + " -> " + destination);
}

void recorder::copied_with_backup(const std::string& source, const std::string& destination,
                                  const std::string& backup) {
  copied(source, destination + " ~ " + backup);
}

void recorder::removed(const std::string& destination) {
  const par::lock_guard lock(guard_);
  list_.push_back("removed " + destination);
}

bool recorder::may_overwrite(const question& about) {
  const par::lock_guard lock(guard_);
  questions_.push_back(about);
  return answer_;
}

std::vector<question> recorder::questions() const {
  const par::lock_guard lock(guard_);
  return questions_;
}

std::vector<error> recorder::errors() const {
  const par::lock_guard lock(guard_);
  return errors_;
}

std::vector<error> recorder::notes() const {
  const par::lock_guard lock(guard_);
  return notes_;
}

std::vector<std::string> recorder::list() const {
  const par::lock_guard lock(guard_);
  std::vector<std::string> sorted = list_;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::unique_ptr<par::executor> make(const executor_kind& kind) {
  if (kind.name == "serial") return std::make_unique<par::serial_executor>();
#ifdef TEST_WITH_TBB
  if (kind.name == "tbb") return std::make_unique<par::tbb_executor>(kind.threads);
#endif
  return std::make_unique<par::thread_pool>(kind.threads);
}

std::vector<executor_kind> executor_kinds() {
  std::vector<executor_kind> kinds = {
      {"serial", 1}, {"threads", 1}, {"threads", 2}, {"threads", 7}};
#ifdef TEST_WITH_TBB
  // The sanitizer cannot see how oneTBB, which is not built with it, orders its threads.
  if (!thread_sanitized) kinds.push_back({"tbb", 2});
#endif
  return kinds;
}

std::vector<executor_kind> backends() {
  std::vector<executor_kind> kinds = executor_kinds();
  // The sanitizer allows no child that was forked with threads running.
  if (offers_helpers() && !thread_sanitized) kinds.push_back({"processes", 2});
  return kinds;
}

copy_result copy_now(const std::vector<std::string>& sources, const std::string& destination,
                     const copy_setup& setup) {
  file_system real;
  plan_request request = setup.request;
  request.sources = sources;
  request.destination = destination;
  auto planned = plan_copy(setup.fs != nullptr ? *setup.fs : real, request, setup.how);
  if (!planned) return {.what = {}, .errors = {planned.error()}, .notes = {}, .list = {}};
  copy_setup with = setup;
  if (with.fs == nullptr) with.fs = &real;  // The plan holds descriptors of it.
  return carry_out(std::move(*planned), with);
}

copy_result carry_out(plan what, const copy_setup& setup) {
  file_system real;
  const std::atomic<bool> never{false};
  counters counts;
  recorder events;
  events.set_answer(setup.answer);
  options how = setup.how;
  how.privileged = is_root();
  const auto executor = make(setup.executor);
  const std::atomic<bool>& stop = setup.stop != nullptr ? *setup.stop : never;
  counters& counted = setup.counts != nullptr ? *setup.counts : counts;
  std::unique_ptr<helpers> others;
  if (setup.executor.name == "processes") {
    others = make_helpers(setup.executor.threads, how, stop, counted);
  }
  const surroundings around = {.fs = setup.fs != nullptr ? *setup.fs : real,
                               .executor = *executor,
                               .stop = stop,
                               .events = events,
                               .counts = counted,
                               .others = others.get()};
  const report made = copy(around, how, std::move(what));
  return {.what = made,
          .errors = events.errors(),
          .notes = events.notes(),
          .list = events.list(),
          .questions = events.questions()};
}

playground::playground(const support::tree& source) {
  std::filesystem::create_directory(this->source());
  support::make_tree(this->source(), source);
}

struct ::stat status_of(const std::string& path) {
  struct ::stat status;
  if (::lstat(path.c_str(), &status) == -1) {
    throw std::system_error(errno, std::generic_category(), path);
  }
  return status;
}

bool exists(const std::string& path) {
  struct ::stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

bool is_root() {
  return ::geteuid() == 0;
}

std::vector<std::string> names_below(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    names.push_back(entry.path().lexically_relative(path).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<operation> operations(const std::vector<error>& errors) {
  std::vector<operation> result;
  for (const error& each : errors) result.push_back(each.what);
  return result;
}

}  // namespace copytree
