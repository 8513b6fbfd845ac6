// A client of a manager, as the objects see it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <stop_token>

#include "hang_up_watch.h"
#include "unshared.h"

namespace par::inline PAR_ABI::detail {

class managed_object;

using client_number = std::uint64_t;  // From 1 on, never given twice.

// One connection: a thread of some process. Used by the server's thread for it.
class client {
 public:
  client(client_number number, connection channel, hang_up_watch& watch)
      : number_(number), line_(std::move(channel)), watch_(watch) {}

  [[nodiscard]] client_number number() const noexcept { return number_; }
  [[nodiscard]] connection& channel() noexcept { return line_.channel(); }

  // Runs wait(stop); a stop is requested when the client takes its request back, or goes.
  template <class Wait>
  auto patiently(Wait wait) {
    const std::stop_source stop;
    const hang_up_watch::watch watched(watch_, channel().native_handle(), stop);
    auto result = wait(stop.get_token());
    interrupted_ = interrupted_ || stop.stop_requested();
    return result;
  }

  // A wait was interrupted, and nobody has looked yet why.
  [[nodiscard]] bool interrupted() const noexcept { return interrupted_; }

  // Looks why. Not to be called with a lock held. True: it has gone.
  bool has_gone();

  // To be told when the client has gone.
  void concerns(std::shared_ptr<managed_object> object) { concerned_.insert(std::move(object)); }
  void forget_everywhere() noexcept;

 private:
  const client_number number_;
  unshared line_;
  hang_up_watch& watch_;
  bool interrupted_ = false;
  bool gone_ = false;
  std::set<std::shared_ptr<managed_object>> concerned_;
};

}  // namespace par::inline PAR_ABI::detail
