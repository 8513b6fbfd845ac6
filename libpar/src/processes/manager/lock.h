// A manager's mutex, recursive or not: it belongs to the client that took it.
#pragma once

#include <cstdint>

#include "object.h"

namespace par::inline PAR_ABI::detail {

class lock_object : public managed_object {
 public:
  explicit lock_object(bool recursive) : recursive_(recursive) {}

  parcel serve(request& asked) override;
  void forget(client_number who) override;

  // For a wait on a condition: gives all levels back, and returns how many. Throws
  // std::system_error (operation_not_permitted) if the client does not hold it.
  std::uint64_t give_back(client_number who);

  // And takes them again, whatever the patience of the request, unless the client goes.
  void take_again(request& asked, std::uint64_t levels);

 private:
  outcome take(request& asked, std::uint64_t levels);
  void give_one_back(client_number who);
  void require_owner(client_number who) const PAR_REQUIRES(guard_);

  const bool recursive_;
  mutex guard_;
  condition_variable freed_;
  client_number owner_ PAR_GUARDED_BY(guard_) = 0;  // 0: nobody.
  std::uint64_t levels_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace par::inline PAR_ABI::detail
