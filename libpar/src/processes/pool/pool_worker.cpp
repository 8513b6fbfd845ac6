#include "pool_worker.h"

#include <csignal>
#include <utility>

#include "worker_loop.h"

namespace par::inline PAR_ABI::detail {
namespace {

parcel copy_of(const parcel& message) {
  parcel copy;
  copy.bytes = message.bytes;
  for (const descriptor& each : message.descriptors) copy.descriptors.push_back(each.duplicate());
  return copy;
}

}  // namespace

void pool_worker::initialize_with(const entry_point& function, const parcel& arguments) {
  initializer_ = function;
  arguments_ = copy_of(arguments);
}

// A ^C goes to the whole group of processes; what becomes of the tasks is the parent's decision.
void pool_worker::run_after(unique_function<void(parcel& result)>* first) {
  static_cast<void>(std::signal(SIGINT, SIG_IGN));
  const channel shared(memory_);
  memory_.reset();
  worker_loop loop(shared, files_, bell_);
  if (initializer_) {
    auto* const initializer = function_at<task_runner>(*initializer_);
    parcel arguments = std::exchange(arguments_, {});
    if (!loop.initialize(*initializer, arguments)) return;
  }
  loop.run(first);
}

void pool_worker::save(parcel_writer& to) const {
  to.attach(memory_);
  to(files_);
  to.attach(bell_);
  to(initializer_.has_value());
  if (!initializer_) return;
  to(*initializer_, arguments_.bytes, arguments_.descriptors.size());
  for (const descriptor& each : arguments_.descriptors) to.attach(each);
}

void pool_worker::load(parcel_reader& from) {
  memory_ = from.detach();
  from(files_);
  bell_ = from.detach();
  bool has_initializer = false;
  from(has_initializer);
  if (!has_initializer) return;
  std::size_t files = 0;
  from(initializer_.emplace(), arguments_.bytes, files);
  for (; files > 0; --files) arguments_.descriptors.push_back(from.detach());
}

}  // namespace par::inline PAR_ABI::detail
