// A fixed number of processes that run tasks; one that dies costs the task that it ran.
//
//   double integral(double from, double to);
//
//   par::prepare_processes(argc, argv);  // First thing in main.
//   par::process_pool pool({.workers = par::cpu_count()});
//   par::future<double> left = pool.submit<&integral>(0.0, 0.5);
//   std::vector<std::string> texts = pool.map<&read_page>(names);
//
// Functions are named, not captured: they are called in another process of the same program, where
// arguments come as values (see codec.h for what can be one; connections can) and globals are those
// of that process.
#pragma once

#include <sys/types.h>

#include <concepts>
#include <cstddef>
#include <memory>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/pools/future.h"
#include "par/processes/pool_callbacks.h"
#include "par/processes/pool_task.h"
#include "par/processes/process_pool_options.h"
#include "par/processes/worker_died.h"

namespace par::inline PAR_ABI {

// Thread-safe. Futures are those of thread pools: wait() and as_completed() take both together.
//
// What a function throws comes out of its future as remote_error, with type and text; arguments
// that cannot be decoded, too. A task whose worker dies fails with worker_died, or is run again as
// the options say; a worker that died is replaced, and what it had not begun goes to others.
// Results that cannot be decoded are codec_error.
//
// A task can be cancelled until it is given to a worker, and not any more, also where it is taken
// back. Workers are given short tasks ahead, by the hundred; what one has not begun goes to those
// that have nothing to do.
//
// Callbacks, those of futures included, run on a thread of the pool, which does nothing else
// meanwhile: they must not wait for tasks of this pool, but may submit.
//
// Workers are daemons: they end with this process, also when it is killed, and have no children, so
// a pool made in a task of one throws std::logic_error. They ignore SIGINT: a ^C is for the parent
// to deal with. A task's standard output is flushed when it ends.
//
// In the child of a fork() the pool is not there: every use throws std::logic_error, and destroying
// it does nothing.
class process_pool {
 public:
  enum class pending { finish, cancel };

  // Starts the workers. Throws std::invalid_argument for 0 workers, std::system_error if one cannot
  // be started, std::logic_error in a daemon and where the start method is not prepared for.
  explicit process_pool(process_pool_options options);
  explicit process_pool(std::size_t workers);
  ~process_pool();  // As terminate() and join().

  process_pool(const process_pool&) = delete;
  process_pool& operator=(const process_pool&) = delete;

  // function(args...) in a worker. Throws executor_closed after shutdown, broken_process_pool, and
  // what encoding the arguments throws.
  template <auto Function, class... Args>
  [[nodiscard]] auto submit(Args&&... args) {
    return submit_call<Function>(detail::no_callbacks(), std::forward<Args>(args)...);
  }
  // Any closure, with all that it captured, where the start method is fork, else std::logic_error:
  // a worker that has nothing to do is replaced by a fork of this process as it is when the turn
  // comes, which costs some 1,000 times what submit<&f>() does.
  template <std::invocable F>
  [[nodiscard]] auto submit(F closure) {
    return post_call<std::decay_t<std::invoke_result_t<F&>>>(
        detail::closure_call(std::move(closure)), detail::no_callbacks());
  }

  // As submit<&f>, waiting.
  template <auto Function, class... Args>
  auto apply(Args&&... args) {
    return submit<Function>(std::forward<Args>(args)...).get();
  }

  // The same, calling back before the future is done: on_value(result), on_error(exception_ptr).
  // What they throw is dropped. The future need not be kept.
  template <auto Function, class... Args, class OnValue, class OnError = detail::no_callback>
  auto apply_async(std::tuple<Args...> args, OnValue on_value, OnError on_error = {});

  // function(item) for all items of the range, which is read before the call returns; the results
  // in order. An item is a tuple of arguments where there are several parameters. `chunk` items go
  // to a worker at once; 0: as many as make four chunks for each worker. The first chunk that fails
  // ends it: what no worker has is left out. Callbacks as apply_async's; of an empty range, at
  // once.
  template <auto Function, std::ranges::input_range Range, class OnValue = detail::no_callback,
            class OnError = detail::no_callback>
  [[nodiscard]] auto map_async(Range&& range, std::size_t chunk = 0, OnValue on_value = {},
                               OnError on_error = {});
  template <auto Function, std::ranges::input_range Range>
  [[nodiscard]] auto map(Range&& range, std::size_t chunk = 0) {
    return map_async<Function>(std::forward<Range>(range), chunk).get();
  }

  // Python's name for map() of tuples.
  template <auto Function, std::ranges::input_range Range, class... Callbacks>
  [[nodiscard]] auto starmap_async(Range&& range, std::size_t chunk = 0, Callbacks... callbacks) {
    return map_async<Function>(std::forward<Range>(range), chunk, std::move(callbacks)...);
  }
  template <auto Function, std::ranges::input_range Range>
  [[nodiscard]] auto starmap(Range&& range, std::size_t chunk = 0) {
    return map<Function>(std::forward<Range>(range), chunk);
  }

  // Results one after another, in the order of the items, computed ahead by up to `window` chunks;
  // 0: eight for each worker. An lvalue container must outlive the range.
  template <auto Function, std::ranges::viewable_range Range>
  [[nodiscard]] auto imap(Range&& range, std::size_t chunk = 1, std::size_t window = 0) {
    return imap_as<Function>(std::forward<Range>(range), chunk, window, true);
  }
  // Each as soon as it is there.
  template <auto Function, std::ranges::viewable_range Range>
  [[nodiscard]] auto imap_unordered(Range&& range, std::size_t chunk = 1, std::size_t window = 0) {
    return imap_as<Function>(std::forward<Range>(range), chunk, window, false);
  }

  // Takes no more tasks; those that are there are finished, or cancelled if they were not yet given
  // to a worker. Returns at once. Any number of times.
  void shutdown(pending what = pending::finish);
  void close() { shutdown(); }

  // Kills the workers: what they ran fails with worker_died, the rest is cancelled. Returns at
  // once.
  void terminate();

  // Waits until all workers have ended. Throws std::logic_error before shutdown or terminate, and
  // in a callback.
  void join();

  // How many workers there should be.
  [[nodiscard]] std::size_t size() const noexcept;
  // Of the workers as they are now, also of those that are not ready yet.
  [[nodiscard]] std::vector<pid_t> pids() const;

 private:
  class state;

  template <auto Function, class Callbacks, class... Args>
  auto submit_call(Callbacks callbacks, Args&&... args);
  template <class Result, class Callbacks>
  future<Result> post_call(detail::remote_call call, Callbacks callbacks);
  template <auto Function, class Callbacks>
  auto submit_chunks(const std::vector<detail::call_arguments<Function>>& items, std::size_t chunk,
                     Callbacks callbacks);
  template <auto Function, class Range>
  auto imap_as(Range&& range, std::size_t chunk, std::size_t window, bool ordered);

  void post(std::unique_ptr<detail::pool_task> task);
  [[nodiscard]] state& here() const;

  std::shared_ptr<state> state_;
};

}  // namespace par::inline PAR_ABI

#include "par/processes/process_pool_calls.h"
