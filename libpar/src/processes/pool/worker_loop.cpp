#include "worker_loop.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "../child.h"
#include "bells.h"
#include "par/processes/entry_point.h"

namespace par::inline PAR_ABI::detail {

worker_loop::worker_loop(const channel& shared, connection& files, const descriptor& bell) noexcept
    : words_(shared.words()),
      requests_(words_.requests, shared.request_bytes()),
      results_(words_.results, shared.result_bytes()),
      files_(files),
      bell_(bell) {}

bool worker_loop::initialize(task_runner& initializer, parcel& arguments) {
  try {
    initializer(arguments, result_);
    return true;
  } catch (...) {
    answer_with(result_kind::unable);
    return false;
  }
}

void worker_loop::run(unique_function<void(parcel& result)>* first) {
  result_ = {};
  answer(result_kind::ready);
  if (first != nullptr) answer_with_result_of([&] { (*first)(result_); });
  for (;;) {
    const std::span<std::byte> ready = requests_.ready();
    if (ready.empty()) {
      if (words_.stop.load() != 0) return;
      sleep_unless(words_,
                   [this] { return !requests_.ready().empty() || words_.stop.load() != 0; });
      continue;
    }
    // NOLINTNEXTLINE(*-reinterpret-cast): the pool has made one there.
    auto& head = *std::launder(reinterpret_cast<task_head*>(ready.data()));
    const std::size_t size = size_in_ring<task_head>(head.parcel);
    handle(head, ready.data() + sizeof head);
    // Only now: while its request is in the ring, the pool can see what a dead worker was at.
    requests_.take(size);
    requests_.release();
  }
}

void worker_loop::handle(task_head& head, const std::byte* bytes) {
  auto state = request_state::queued;
  if (!head.state.compare_exchange_strong(state, request_state::taken)) return;
  if (head.function == task_head::definition) {
    receive(head.parcel, bytes);
    define();
    return;
  }
  answer_with_result_of([&] {
    receive(head.parcel, bytes);
    const function& called = functions_.at(head.function);
    if (called.missing != nullptr) std::rethrow_exception(called.missing);
    (*called.runner)(arguments_, result_);
  });
}

void worker_loop::define() {
  try {
    functions_.push_back({function_at<task_runner>(decode<entry_point>(arguments_)), nullptr});
  } catch (const codec_error&) {
    functions_.push_back({nullptr, std::current_exception()});
  }
}

template <class Task>
void worker_loop::answer_with_result_of(Task task) {
  try {
    result_.bytes.clear();
    result_.descriptors.clear();
    task();
    answer(result_kind::value);
  } catch (...) {
    answer_with(result_kind::error);
  }
}

void worker_loop::receive(const parcel_head& head, const std::byte* bytes) {
  arguments_.bytes.assign(bytes, bytes + head.size);
  if (head.files > 0) arguments_.descriptors = files_.recv_parcel().descriptors;
  unpack(head, arguments_);
}

// With the exception that is being handled.
void worker_loop::answer_with(result_kind kind) {
  result_ = encode(current_thrown());
  answer(kind);
}

// Throws before anything was sent if the result cannot travel.
void worker_loop::answer(result_kind kind) {
  flush_standard_streams();
  arguments_.descriptors.clear();  // Those that the task left.
  const parcel_head head = pack(result_);
  const std::size_t size = size_in_ring<result_head>(head);
  wait_until([&] { return results_.room(size) != nullptr; });
  if (head.files > 0) send_files();
  std::byte* const place = results_.room(size);
  ::new (static_cast<void*>(place)) result_head{.parcel = head, .kind = kind};
  if (head.size > 0) std::memcpy(place + sizeof(result_head), result_.bytes.data(), head.size);
  results_.put(size);
  if (head.files > 0) last_files_ = results_.position();
  if (head.elsewhere) result_.bytes = {};
  results_.publish();
  if (must_wake_pool(words_)) wake_pool();
}

// One result with files is on its way at a time: the system bounds how many files may be.
void worker_loop::send_files() {
  wait_until([this] { return results_.read() >= last_files_; });
  files_.send_parcel({.bytes = {}, .descriptors = std::exchange(result_.descriptors, {})});
}

template <class Predicate>
void worker_loop::wait_until(Predicate so) {
  while (!so()) sleep_unless(words_, so);
}

// Full only if it is rung already. Without a bell, which a task may have closed, the end of this
// process is what wakes the pool; the result is in its ring.
void worker_loop::wake_pool() noexcept {
  const std::uint64_t one = 1;
  if (::write(bell_.get(), &one, sizeof one) == -1 && errno != EAGAIN) _exit(EXIT_FAILURE);
}

}  // namespace par::inline PAR_ABI::detail
