#include "par/pools/thread.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>

namespace par::inline PAR_ABI {
namespace {

// A new thread starts with its creator's signal mask, so the mask is set around the creation.
class asynchronous_signals_blocked {
 public:
  asynchronous_signals_blocked() {
    sigset_t blocked;
    sigfillset(&blocked);
    // Raised by the thread's own instructions; blocking these would end the process silently.
    for (const int synchronous : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) {
      sigdelset(&blocked, synchronous);
    }
    pthread_sigmask(SIG_SETMASK, &blocked, &before_);
  }
  ~asynchronous_signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  asynchronous_signals_blocked(const asynchronous_signals_blocked&) = delete;
  asynchronous_signals_blocked& operator=(const asynchronous_signals_blocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

void thread::start(std::string name, unique_function<void(std::stop_token)> body) {
  const asynchronous_signals_blocked guard;
  constexpr std::size_t kept_by_linux = 15;
  name.resize(std::min(name.size(), kept_by_linux));
  thread_ =
      std::jthread([name = std::move(name), body = std::move(body)](std::stop_token stop) mutable {
        pthread_setname_np(pthread_self(), name.c_str());
        body(std::move(stop));
      });
}

}  // namespace par::inline PAR_ABI
