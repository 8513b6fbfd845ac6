// A named thread that is asked to stop and joined when its owner goes.
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/base/unique_function.h"

namespace par::inline PAR_ABI {

// As std::jthread, with a name that the system shows, and with every asynchronous signal blocked,
// so that handlers run on the program's own threads and interrupt the calls they wait in. All
// threads of libpar are of this type. What the function throws ends the process, as with std's.
class thread {
 public:
  thread() noexcept = default;

  // Starts f() or f(std::stop_token). Linux keeps 15 bytes of the name. Throws std::system_error if
  // no thread can be had.
  template <class F>
    requires(std::is_invocable_v<F&> || std::is_invocable_v<F&, std::stop_token>)
  thread(std::string name, F f) {
    if constexpr (std::is_invocable_v<F&, std::stop_token>) {
      start(std::move(name), unique_function<void(std::stop_token)>(std::move(f)));
    } else {
      start(std::move(name),
            [f = std::move(f)](const std::stop_token&) mutable { static_cast<void>(f()); });
    }
  }

  thread(thread&&) noexcept = default;
  thread& operator=(thread&&) noexcept = default;  // Stops and joins the one that was here.

  bool request_stop() noexcept { return thread_.request_stop(); }
  [[nodiscard]] bool joinable() const noexcept { return thread_.joinable(); }
  void join() { thread_.join(); }
  void detach() { thread_.detach(); }

 private:
  void start(std::string name, unique_function<void(std::stop_token)> body);

  std::jthread thread_;
};

}  // namespace par::inline PAR_ABI
