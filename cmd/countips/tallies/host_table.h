// The virtual hosts that a log names, by number.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "countips/clients/text_hash.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace countips {

// Numbers them from 0 in the order in which they are first seen, by their canonical names.
// Thread-safe.
class host_table {
 public:
  // No name, and "-", are the host "-".
  [[nodiscard]] std::uint64_t number_of(std::string_view host);

  // REQUIRES a number that was given.
  [[nodiscard]] std::string name_of(std::uint64_t number) const;

 private:
  mutable par::mutex guard_;
  std::unordered_map<std::string, std::uint64_t, text_hash, std::equal_to<>> numbers_
      PAR_GUARDED_BY(guard_);
  std::vector<std::string> names_ PAR_GUARDED_BY(guard_);
};

}  // namespace countips
