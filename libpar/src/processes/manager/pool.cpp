// A manager's pool: functions that clients name, on threads of the manager's process.
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "object.h"
#include "par/pools/thread_pool.h"
#include "par/processes/entry_point.h"
#include "par/processes/manager/managed_pool.h"

namespace par::inline PAR_ABI::detail {
namespace {

using task_number = std::uint64_t;

constexpr std::uint64_t most_threads = 4096;

class pool_object : public managed_object {
 public:
  explicit pool_object(std::uint64_t threads) : pool_(threads) {}
  ~pool_object() override { pool_.shutdown(thread_pool::pending::cancel); }
  pool_object(const pool_object&) = delete;
  pool_object& operator=(const pool_object&) = delete;

  parcel serve(request& asked) override {
    switch (asked.what) {
      case operation::append:
        return make_reply(add(asked));
      case operation::take:
        return take(asked);
      case operation::size:
        return make_reply(static_cast<std::uint64_t>(pool_.concurrency()));
      default:
        refuse();
    }
  }

 private:
  task_number add(request& asked);
  parcel take(request& asked);
  void keep(task_number task, packed reply);

  mutex guard_;
  condition_variable done_;
  task_number last_ PAR_GUARDED_BY(guard_) = 0;
  std::map<task_number, std::optional<packed>> replies_ PAR_GUARDED_BY(guard_);  // Empty: to come.
  thread_pool pool_;  // Goes first: its tasks use the rest.
};

// Never destroyed: what lies in shared libraries may come and go at any time.
struct callable_functions {
  static callable_functions& instance() {
    static auto* const only = new callable_functions;
    return *only;
  }

  mutex guard;
  std::set<packed_call*> all PAR_GUARDED_BY(guard);
};

void require_callable(packed_call* function) {
  callable_functions& known = callable_functions::instance();
  const lock_guard lock(known.guard);
  if (!known.all.contains(function)) {
    throw std::invalid_argument("manager: its process knows no such function");
  }
}

packed reply_of(packed_call* function, packed args) noexcept {
  try {
    return packed(make_reply(function(std::move(args))));
  } catch (...) {
    return packed(make_failure());
  }
}

task_number pool_object::add(request& asked) {
  auto [entry, args] = asked.take<entry_point, packed>();
  auto* const function = function_at<packed_call>(entry);
  require_callable(function);
  task_number task = 0;
  {
    const lock_guard lock(guard_);
    task = ++last_;
    replies_.emplace(task, std::nullopt);
  }
  pool_.post([this, task, function, args = std::move(args)]() mutable {
    keep(task, reply_of(function, std::move(args)));
  });
  return task;
}

void pool_object::keep(task_number task, packed reply) {
  const lock_guard lock(guard_);
  replies_[task] = std::move(reply);
  done_.notify_all();
}

parcel pool_object::take(request& asked) {
  const auto task = asked.take_one<task_number>();
  unique_lock lock(guard_);
  const auto decided = [&]() PAR_NO_THREAD_SAFETY_ANALYSIS {
    const auto found = replies_.find(task);
    return found == replies_.end() || found->second;
  };
  if (!asked.await(done_, lock, decided)) return make_reply(asked.why_not(), packed());
  const auto found = replies_.find(task);
  if (found == replies_.end()) throw std::out_of_range("manager: the pool has no such result");
  packed result = std::move(*found->second);
  replies_.erase(found);
  parcel reply = make_reply(outcome::done, result);
  asked.undelivered = [self = shared_from_this(), this, task, kept = std::move(result)]() mutable {
    keep(task, std::move(kept));
  };
  return reply;
}

}  // namespace

packed_call* admit(packed_call* function) {
  callable_functions& known = callable_functions::instance();
  const lock_guard lock(known.guard);
  known.all.insert(function);
  return function;
}

std::shared_ptr<managed_object> make_pool(parcel_reader& from) {
  std::uint64_t threads = 0;
  from(threads);
  if (threads == 0 || threads > most_threads) {
    throw std::invalid_argument("manager: a pool of " + std::to_string(threads) + " threads");
  }
  return std::make_shared<pool_object>(threads);
}

}  // namespace par::inline PAR_ABI::detail
