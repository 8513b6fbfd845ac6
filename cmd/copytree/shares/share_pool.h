// The side of the process that runs a copy: hands out shares and takes up what comes back.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "copytree/model/counters.h"
#include "copytree/run/context.h"
#include "copytree/run/helpers.h"
#include "copytree/shares/board.h"
#include "copytree/shares/rest_sorter.h"
#include "copytree/shares/share.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"
#include "par/pools/future.h"
#include "par/pools/thread.h"
#include "par/processes/process_pool.h"
#include "par/processes/shared_memory.h"

namespace copytree {

// Hands out a few shares more than there are processes, so that none has to wait; the others wait
// here, where they cost no descriptors. What comes back is taken up by tasks of the copy's
// executor.
class share_pool final : public helpers {
 public:
  // The pool's processes know `memory`, which has room for a board of places_for(processes). All of
  // them outlive it.
  share_pool(par::process_pool& pool, std::size_t processes, const par::shared_memory& memory,
             const options& how, const std::atomic<bool>& stop, counters& counts);
  ~share_pool() override = default;

  [[nodiscard]] static std::size_t places_for(std::size_t processes) { return 2 * processes; }

  [[nodiscard]] std::size_t share_size() const override { return share_size_; }
  [[nodiscard]] bool take(context& run, batch& entries) override;
  bool wait_idle() override;
  [[nodiscard]] rate_limit::account& spent() override { return board_.all().spent; }

 private:
  using request = share_request;
  struct sent;  // Under way: a request, its place and its future.
  enum class place_in_line { first, last };

  void enqueue(request next, place_in_line where);
  std::optional<sent> next_to_send();
  void hand_out(context& run);
  bool send(context& run, sent& next);
  void copy_here(context& run, const request& all);
  void take_up(context& run, sent& back);
  void take_up(context& run, const request& what, share_result& result);
  void take_up_rest(context& run, const request& what, share_result& result);
  void lose(context& run, const request& what, const std::string& why);
  void conclude(std::uint32_t place);
  void watch(const std::stop_token& end);

  par::process_pool& pool_;
  const board board_;
  const std::size_t share_size_;
  const std::atomic<bool>& stop_;
  counters& counts_;
  const std::size_t places_;

  par::mutex guard_;
  par::condition_variable changed_;
  std::deque<request> waiting_ PAR_GUARDED_BY(guard_);
  std::vector<std::uint32_t> free_places_ PAR_GUARDED_BY(guard_);
  std::size_t unfinished_ PAR_GUARDED_BY(guard_) = 0;  // Waiting, under way or being taken up.
  par::thread watcher_;                                // The last: it uses all of the others.
};

}  // namespace copytree
