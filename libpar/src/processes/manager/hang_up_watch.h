// Tells those who wait on behalf of a client that the client says something, or has gone.
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>

#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"
#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

// One thread looks at the sockets of all who wait. Thread-safe; outlives every watch.
class hang_up_watch {
 public:
  hang_up_watch();
  ~hang_up_watch();
  hang_up_watch(const hang_up_watch&) = delete;
  hang_up_watch& operator=(const hang_up_watch&) = delete;

  // While it lives, a stop is requested once there is something to read. Of one socket one at a
  // time.
  class watch {
   public:
    watch(hang_up_watch& by, int socket, const std::stop_source& stop);
    ~watch();
    watch(const watch&) = delete;
    watch& operator=(const watch&) = delete;

   private:
    hang_up_watch& by_;
    int socket_;
    std::uint64_t number_;
  };

 private:
  void run(const std::stop_token& stop);

  descriptor events_;  // An epoll instance.
  descriptor woken_;
  mutex guard_;
  std::uint64_t last_ PAR_GUARDED_BY(guard_) = 0;
  // A number is never used again, so an event that comes too late meets nobody.
  std::map<std::uint64_t, std::stop_source> waiting_ PAR_GUARDED_BY(guard_);
  thread runner_;
};

}  // namespace par::inline PAR_ABI::detail
