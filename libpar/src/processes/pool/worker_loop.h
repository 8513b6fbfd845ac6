// A worker's side of its channel: takes requests, runs them, answers.
#pragma once

#include <cstdint>
#include <exception>
#include <vector>

#include "channel.h"
#include "message.h"
#include "par/base/unique_function.h"
#include "par/processes/connection.h"
#include "par/processes/remote_call.h"

namespace par::inline PAR_ABI::detail {

// Used by one thread. What it is made with must outlive it.
class worker_loop {
 public:
  worker_loop(const channel& shared, connection& files, const descriptor& bell) noexcept;

  // False: it threw, and the pool has been told so.
  [[nodiscard]] bool initialize(task_runner& initializer, parcel& arguments);

  // The closure, if there is one, then requests until the pool says stop. Throws what its own means
  // of communication throw.
  void run(unique_function<void(parcel& result)>* first);

 private:
  // One of the two: a task of a function that is not there fails with what is said of it.
  struct function {
    task_runner* runner;
    std::exception_ptr missing;
  };

  void handle(task_head& head, const std::byte* bytes);
  void define();
  void receive(const parcel_head& head, const std::byte* bytes);
  template <class Task>
  void answer_with_result_of(Task task);
  void answer_with(result_kind kind);
  void answer(result_kind kind);
  void send_files();
  template <class Predicate>
  void wait_until(Predicate so);
  void wake_pool() noexcept;

  channel_words& words_;
  ring_reader requests_;
  ring_writer results_;
  connection& files_;
  const descriptor& bell_;
  std::vector<function> functions_;
  parcel arguments_;  // Kept for their memory.
  parcel result_;
  std::uint64_t last_files_ = 0;  // The end of the last result that had some.
};

}  // namespace par::inline PAR_ABI::detail
