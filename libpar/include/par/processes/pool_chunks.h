// Many calls of one function in few messages: the items of a range, cut into chunks.
#pragma once

#include <cereal/cereal.hpp>
#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/pools/future.h"
#include "par/processes/pool_task.h"
#include "par/processes/remote_call.h"

namespace par::inline PAR_ABI::detail {

// In the worker.
template <auto Function>
void run_chunk(parcel& from, parcel& into) {
  auto items = decode<std::vector<call_arguments<Function>>>(from);
  std::vector<call_result<Function>> results;
  results.reserve(items.size());
  for (auto& each : items) results.push_back(std::apply(Function, std::move(each)));
  append(into, results);
}

template <auto Function>
[[nodiscard]] remote_call chunk_call(std::span<const call_arguments<Function>> items) {
  require_sendable<Function>();
  static_assert(std::is_object_v<call_result<Function>>, "map: the function must return a value");
  remote_call call = {.runner = &run_chunk<Function>};
  parcel_writer archive(call.arguments);  // NOLINT(misc-const-correctness): writing changes it.
  archive(cereal::make_size_tag(static_cast<cereal::size_type>(items.size())));
  for (const auto& each : items) archive(each);
  return call;
}

// The results of all chunks, in order, for one future. Used by the pool's thread.
template <class R, class Callbacks>
class gathering {
 public:
  gathering(std::size_t chunks, Callbacks callbacks)
      : state_(new promised_state<std::vector<R>>),
        parts_(chunks),
        left_(chunks),
        callbacks_(std::move(callbacks)) {
    if (chunks == 0) end();
  }

  // Once.
  [[nodiscard]] future<std::vector<R>> get_future() {
    return future_access::make<future<std::vector<R>>>(state_);
  }

  // Before a chunk goes to a worker. False: it is not wanted any more.
  [[nodiscard]] bool start() {
    if (!started_) started_ = state_->start();
    return started_ && !failed_;
  }

  void put(std::size_t chunk, std::vector<R> results) {
    parts_[chunk] = std::move(results);
    if (--left_ == 0 && !failed_) end();
  }

  // The first one counts, and ends it.
  void fail(std::exception_ptr why) noexcept {
    if (std::exchange(failed_, true)) return;
    try {
      state_->begin_result();
    } catch (const invalid_state&) {  // Cancelled.
      return;
    }
    callbacks_.error(why);
    state_->fail(std::move(why));
    state_->end_result();
  }

  void cancel() noexcept {
    if (!state_->cancel()) fail(std::make_exception_ptr(future_cancelled()));
  }

 private:
  void end() {
    std::vector<R> all;
    for (std::vector<R>& each : parts_) {
      all.insert(all.end(), std::move_iterator(each.begin()), std::move_iterator(each.end()));
    }
    callbacks_.value(std::as_const(all));
    state_->begin_result();
    state_->store(std::move(all));
    state_->end_result();
  }

  state_ref<result_state<std::vector<R>>> state_;
  std::vector<std::vector<R>> parts_;
  std::size_t left_;
  bool started_ = false;
  bool failed_ = false;
  [[no_unique_address]] Callbacks callbacks_;
};

template <class R, class Callbacks>
class chunk_task final : public pool_task {
 public:
  using whole = std::shared_ptr<gathering<R, Callbacks>>;

  chunk_task(remote_call call, whole all, std::size_t number)
      : pool_task(std::move(call)), all_(std::move(all)), number_(number) {}

  void cancel() noexcept override { all_->cancel(); }
  void fail(std::exception_ptr why) noexcept override { all_->fail(std::move(why)); }
  void finish(parcel& result) noexcept override {
    std::exception_ptr error;
    try {
      all_->put(number_, decode<std::vector<R>>(result));
    } catch (...) {
      error = std::current_exception();
    }
    if (error != nullptr) fail(std::move(error));
  }

 private:
  bool start() override { return all_->start(); }

  whole all_;
  std::size_t number_;
};

}  // namespace par::inline PAR_ABI::detail
