#include "par/pools/executor.h"

#include <utility>

#include "team_board.h"

namespace par::inline PAR_ABI {
namespace {

// A job as a closure: called, it runs the job; destroyed uncalled, it drops it.
class job_runner {
 public:
  explicit job_runner(detail::job& work) noexcept : work_(&work) {}
  job_runner(job_runner&& other) noexcept : work_(std::exchange(other.work_, nullptr)) {}
  job_runner& operator=(job_runner&&) = delete;
  ~job_runner() {
    if (work_ != nullptr) work_->drop(nullptr);
  }

  void operator()() { std::exchange(work_, nullptr)->run(); }

 private:
  detail::job* work_;
};

}  // namespace

executor::executor() : teams_(std::make_shared<detail::team_board>()) {}
executor::~executor() = default;

void executor::post_bulk(std::span<unique_function<void()>> tasks) {
  for (unique_function<void()>& each : tasks) post(std::move(each));
}

void executor::post_job(detail::job& work) {
  post(unique_function<void()>(job_runner(work)));
}

bool executor::take_back(detail::job&) noexcept {
  return false;
}

}  // namespace par::inline PAR_ABI
