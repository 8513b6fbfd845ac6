// Connections that end with their process, even if it leaves children behind.
#pragma once

#include <utility>

#include "par/processes/connection.h"
#include "pools/fork_aware.h"

namespace par::inline PAR_ABI::detail {

// A child that is forked does not get it: otherwise the other side would not notice the end of its
// owner while the child lives. One thread uses it.
class unshared final : private fork_aware {
 public:
  explicit unshared(connection channel) : fork_aware(by_itself()), channel_(std::move(channel)) {
    enter();
  }
  ~unshared() final { leave(); }

  [[nodiscard]] connection& channel() noexcept { return channel_; }

 private:
  void before_fork() noexcept override {}
  void after_fork_in_parent() noexcept override {}
  void after_fork_in_child() noexcept override { channel_.close(); }

  connection channel_;
};

}  // namespace par::inline PAR_ABI::detail
