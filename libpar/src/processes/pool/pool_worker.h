// What a worker process of a pool runs.
#pragma once

#include <optional>

#include "par/base/unique_function.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "par/processes/entry_point.h"
#include "par/processes/parcel.h"
#include "par/processes/parcel_archive.h"

namespace par::inline PAR_ABI::detail {

// Can be sent to another process; run() there. Runs requests of the channel until it is told to
// stop.
class pool_worker {
 public:
  pool_worker() noexcept = default;
  // `memory` is a channel's, `files` carries what cannot lie in it, `bell` is an eventfd that wakes
  // the pool.
  pool_worker(descriptor memory, connection files, descriptor bell) noexcept
      : memory_(std::move(memory)), files_(std::move(files)), bell_(std::move(bell)) {}

  // What is called first. The arguments are copied.
  void initialize_with(const entry_point& function, const parcel& arguments);

  void run() { run_after(nullptr); }
  // Begins with the closure, if there is one.
  void run_after(unique_function<void(parcel& result)>* first);

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);

 private:
  descriptor memory_;
  connection files_;
  descriptor bell_;
  std::optional<entry_point> initializer_;
  parcel arguments_;
};

}  // namespace par::inline PAR_ABI::detail
