// A manager's conversation with one client, on a thread of its own.
#pragma once

#include "client.h"
#include "object_table.h"
#include "par/base/sync.h"
#include "par/base/unique_function.h"
#include "par/pools/thread.h"

namespace par::inline PAR_ABI::detail {

// What the sessions of a manager have in common; outlives them.
struct shared_state {
  object_table objects;
  hang_up_watch watch;
  unique_function<void()> shut_down;  // Called on any thread.
  // Set before the sessions are ended: what one of them gives up then is no gain of another's.
  atomic<bool> ending{false};
};

class session {
 public:
  // Throws std::system_error if no thread can be had.
  session(client_number number, connection channel, shared_state& common);
  ~session();  // Ends it.
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  [[nodiscard]] bool ended() const noexcept { return ended_.load(); }

  // Whatever it waits for.
  void end() noexcept;

 private:
  void run();
  bool answer(parcel message);
  void send(const parcel& reply);
  parcel reply_to(request& asked, std::uint64_t object);

  client client_;
  shared_state& common_;
  atomic<bool> ended_{false};
  thread runner_;
};

}  // namespace par::inline PAR_ABI::detail
