#include "object_table.h"

#include <stdexcept>
#include <utility>

namespace par::inline PAR_ABI::detail {
namespace {

std::shared_ptr<managed_object> make_object(object_kind kind, parcel_reader& from) {
  switch (kind) {
    case object_kind::dict:
      return make_dict();
    case object_kind::list:
      return make_list(from);
    case object_kind::queue:
      return make_queue(from);
    case object_kind::mutex:
      return make_mutex(false);
    case object_kind::recursive_mutex:
      return make_mutex(true);
    case object_kind::semaphore:
      return make_semaphore(from, false);
    case object_kind::bounded_semaphore:
      return make_semaphore(from, true);
    case object_kind::condition_variable:
      return make_condition_variable();
    case object_kind::event:
      return make_event();
    case object_kind::barrier:
      return make_barrier(from);
    case object_kind::pool:
      return make_pool(from);
  }
  throw std::invalid_argument("manager: no such kind of object");
}

}  // namespace

std::shared_ptr<managed_object> object_table::at(std::uint64_t number) const {
  const lock_guard lock(guard_);
  const auto found = objects_.find(number);
  if (found == objects_.end()) throw std::out_of_range("manager: the object was erased");
  return found->second.object;
}

std::shared_ptr<lock_object> object_table::lock_of(std::uint64_t number) const {
  auto lock = std::dynamic_pointer_cast<lock_object>(at(number));
  if (lock == nullptr) throw std::invalid_argument("manager: the object is no mutex");
  return lock;
}

std::uint64_t object_table::make(object_kind kind, const std::string& name,
                                 const std::string& types, parcel_reader& from) {
  const lock_guard lock(guard_);
  const auto known = name.empty() ? names_.end() : names_.find(name);
  if (known != names_.end()) {
    const entry& old = objects_.at(known->second);
    if (old.kind == kind && old.types == types) return known->second;
    throw std::invalid_argument("manager: '" + name + "' is an object of another type");
  }
  entry made{.object = make_object(kind, from), .kind = kind, .types = types, .name = name};
  const std::uint64_t number = ++last_;
  objects_.emplace(number, std::move(made));
  if (!name.empty()) names_.emplace(name, number);
  return number;
}

bool object_table::erase(std::uint64_t number) {
  std::shared_ptr<managed_object> last;  // Its end may take time, without the lock.
  const lock_guard lock(guard_);
  const auto found = objects_.find(number);
  if (found == objects_.end()) return false;
  if (!found->second.name.empty()) names_.erase(found->second.name);
  last = std::move(found->second.object);
  objects_.erase(found);
  return true;
}

}  // namespace par::inline PAR_ABI::detail
