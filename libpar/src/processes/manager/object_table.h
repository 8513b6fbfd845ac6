// The objects of a manager, by number and by name.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "lock.h"
#include "object.h"

namespace par::inline PAR_ABI::detail {

// Thread-safe.
class object_table {
 public:
  // Throws std::out_of_range if there is none: it was erased.
  std::shared_ptr<managed_object> at(std::uint64_t number) const;

  // A mutex; throws std::invalid_argument if it is something else.
  std::shared_ptr<lock_object> lock_of(std::uint64_t number) const;

  // What to make, and a name that it is found by, if not empty. `types` tells objects of one kind
  // apart. An object of that name is returned as it is; if it is of another kind or types,
  // std::invalid_argument is thrown.
  std::uint64_t make(object_kind kind, const std::string& name, const std::string& types,
                     parcel_reader& from);

  // False: there is none.
  bool erase(std::uint64_t number);

 private:
  struct entry {
    std::shared_ptr<managed_object> object;
    object_kind kind;
    std::string types;
    std::string name;  // Empty: none.
  };

  mutable mutex guard_;
  std::map<std::uint64_t, entry> objects_ PAR_GUARDED_BY(guard_);
  std::map<std::string, std::uint64_t> names_ PAR_GUARDED_BY(guard_);
  std::uint64_t last_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace par::inline PAR_ABI::detail
