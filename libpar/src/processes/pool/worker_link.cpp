#include "worker_link.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <system_error>

#include "bells.h"
#include "par/processes/entry_point.h"
#include "pool_worker.h"

namespace par::inline PAR_ABI::detail {
namespace {

process start(const worker_plan& plan, const forked_closure& first, const descriptor& memory,
              connection files) {
  pool_worker body(memory.duplicate(), std::move(files), plan.bell->duplicate());
  if (plan.initializer != nullptr) {
    body.initialize_with(entry_of(plan.initializer->runner), plan.initializer->arguments);
  }
  const process_options options = {.name = plan.name, .start = plan.start, .daemon = true};
  if (first == nullptr) return {options, std::move(body)};
  return process::fork(options,
                       [body = std::move(body), first]() mutable { body.run_after(first.get()); });
}

}  // namespace

worker_link::worker_link(const worker_plan& plan)
    : worker_link(plan, nullptr, channel::make_memory(), pipe()) {}

worker_link::worker_link(const worker_plan& plan, task_ptr& first)
    : worker_link(plan, first->call().closure, channel::make_memory(), pipe()) {
  held_.push_back({.task = std::move(first), .position = nowhere});
  given_ = 1;
}

worker_link::worker_link(const worker_plan& plan, const forked_closure& first,
                         const descriptor& memory, std::pair<connection, connection> files)
    : channel_(std::make_unique<channel>(memory)),
      files_(std::move(files.first)),
      requests_(channel_->words().requests, channel_->request_bytes()),
      results_(channel_->words().results, channel_->result_bytes()),
      process_(start(plan, first, memory, std::move(files.second))) {}

bool worker_link::give(task_ptr& task) {
  const remote_call& call = task->call();
  // With files, it comes first or not at all: they cannot be taken back.
  if (needs_files(call.arguments) && !held_.empty()) return false;
  std::exception_ptr error;
  try {
    const std::optional<std::uint32_t> function = number_of(call.runner);
    if (!function) return false;
    const std::uint64_t position = requests_.position();
    if (!put(*function, task->call().arguments)) return false;
    held_.push_back({.task = {}, .position = position});
  } catch (const std::system_error& system) {
    // It is about to be found dead, and another one will get the task.
    if (system.code() == std::errc::broken_pipe) return false;
    error = std::current_exception();
  } catch (...) {
    error = std::current_exception();
  }
  if (error != nullptr) {
    task->fail(std::move(error));
    return true;
  }
  if (held_.size() == 1) pace_.given_to_idle();
  held_.back().task = std::move(task);
  ++given_;
  return true;
}

std::optional<std::uint32_t> worker_link::number_of(task_runner* function) {
  if (const auto known = functions_.find(function); known != functions_.end()) {
    return known->second;
  }
  parcel definition = encode(entry_of(function));
  if (!put(task_head::definition, definition)) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(functions_.size());
  functions_.emplace(function, number);
  return number;
}

bool worker_link::put(std::uint32_t function, parcel& message) {
  const bool whole = message.bytes.size() <= longest_inline;
  const std::size_t size = size_in_ring<task_head>(
      {.size = static_cast<std::uint32_t>(whole ? message.bytes.size() : 0)});
  std::byte* const place = requests_.room(size);
  if (place == nullptr) return false;
  const parcel_head head = needs_files(message) ? send_files(message) : pack(message);
  ::new (static_cast<void*>(place)) task_head{.function = function, .parcel = head};
  if (head.size > 0) std::memcpy(place + sizeof(task_head), message.bytes.data(), head.size);
  requests_.put(size);
  unseen_ = true;
  return true;
}

// They stay here as well, for another try.
parcel_head worker_link::send_files(parcel& message) {
  parcel files = {.bytes = {}, .descriptors = {}};
  const std::size_t own = message.descriptors.size();
  const parcel_head head = pack(message);
  files.descriptors = std::move(message.descriptors);
  const auto give_back = [&] {
    files.descriptors.resize(own);
    message.descriptors = std::move(files.descriptors);
  };
  try {
    files_.send_parcel(files);
  } catch (...) {
    give_back();
    throw;
  }
  give_back();
  return head;
}

void worker_link::publish() {
  if (!unseen_) return;
  unseen_ = false;
  requests_.publish();
  wake_worker(channel_->words());
}

task_head& worker_link::request_at(std::uint64_t position) const noexcept {
  // NOLINTNEXTLINE(*-reinterpret-cast): put() has made one there.
  return *std::launder(reinterpret_cast<task_head*>(requests_.at(position)));
}

// A request lies in the ring until its result does, and those that are held have none.
task_ptr worker_link::take_back() {
  if (held_.empty() || held_.back().position == nowhere ||
      needs_files(held_.back().task->call().arguments))
    return nullptr;
  auto state = request_state::queued;
  if (!request_at(held_.back().position)
           .state.compare_exchange_strong(state, request_state::withdrawn)) {
    return nullptr;
  }
  task_ptr task = std::move(held_.back().task);
  held_.pop_back();
  --given_;
  return task;
}

bool worker_link::collect() {
  const std::size_t held_before = held_.size();
  const bool ready_before = ready_;
  bool any = false;
  std::span<std::byte> ready = results_.ready();
  while (trusted_ && !ready.empty()) {
    // NOLINTNEXTLINE(*-reinterpret-cast): the worker has made one there.
    const auto& head = *std::launder(reinterpret_cast<const result_head*>(ready.data()));
    const std::size_t size = size_in_ring<result_head>(head.parcel);
    if (ready.size() > ring_size || size > ready.size()) {
      distrust();
      break;
    }
    take(head, ready.data() + sizeof head);
    results_.take(size);
    ready = ready.subspan(size);
    any = true;
  }
  if (!any) return false;
  results_.release();
  wake_worker(channel_->words());
  if (held_before > held_.size()) pace_.answered(held_before - held_.size());
  return held_before != held_.size() || ready_before != ready_;
}

void worker_link::take(const result_head& head, const std::byte* bytes) {
  task_ptr task;
  if (head.kind == result_kind::value || head.kind == result_kind::error) {
    if (held_.empty()) return distrust();
    task = std::move(held_.front().task);
    held_.pop_front();
  }
  std::exception_ptr error;
  try {
    receive(head, bytes);
    settle(head.kind, task.get());
    if (head.parcel.elsewhere) result_.bytes = {};  // They may be many.
  } catch (...) {
    error = std::current_exception();
  }
  if (error == nullptr) return;
  if (task == nullptr) return distrust();
  task->fail(std::move(error));
}

void worker_link::settle(result_kind kind, pool_task* task) {
  if (kind == result_kind::ready) {
    ready_ = true;
  } else if (kind == result_kind::value) {
    task->finish(result_);
  } else {
    auto [type, text] = decode<std::pair<std::string, std::string>>(result_);
    if (task == nullptr) {
      complaint_ = "its initializer threw " + type + ": " + text;
      return;
    }
    std::exception_ptr error = std::make_exception_ptr(remote_error(std::move(type), text));
    task->fail(std::move(error));
  }
}

void worker_link::receive(const result_head& head, const std::byte* bytes) {
  result_.bytes.assign(bytes, bytes + head.parcel.size);
  result_.descriptors.clear();
  if (head.parcel.files > 0) {
    if (!files_.poll()) throw codec_error("process_pool: the files of a result are missing");
    result_.descriptors = files_.recv_parcel().descriptors;
  }
  unpack(head.parcel, result_);
}

// A task has written where it should not. It may have spoilt more: the worker goes.
void worker_link::distrust() noexcept {
  trusted_ = false;
  kill();
}

void worker_link::stop() noexcept {
  stopped_ = true;
  channel_->words().stop.store(1);
  wake_worker(channel_->words());
}

// A process that has given up its rights may not kill it: then it ends with its task.
void worker_link::kill() noexcept {
  try {
    process_.kill();
  } catch (const std::system_error&) {
    stop();
  }
}

bool worker_link::has_begun(const held_task& task) const noexcept {
  if (task.position == nowhere) return ready_;
  return request_at(task.position).state.load() == request_state::taken;
}

remains worker_link::bury() {
  process_.join();
  static_cast<void>(collect());
  remains left = {.status = *process_.status(), .running = nullptr, .untouched = {}};
  for (held_task& each : held_) {
    if (has_begun(each) && left.running == nullptr) {
      left.running = std::move(each.task);
    } else {
      left.untouched.push_back(std::move(each.task));
    }
  }
  held_.clear();
  return left;
}

}  // namespace par::inline PAR_ABI::detail
