#include "reserve.h"

#include <fcntl.h>

#include <algorithm>

#include "system_call.h"

namespace par::inline PAR_ABI::detail {

// In pieces: an interrupted call gives back all that it had reserved, and where signals come often
// a long one would never end.
void reserve(const descriptor& file, std::size_t size, const char* what) {
  constexpr std::size_t piece = std::size_t{1} << 18;
  for (std::size_t at = 0; at < size; at += piece) {
    const auto from = static_cast<off_t>(at);
    const auto length = static_cast<off_t>(std::min(piece, size - at));
    checked(uninterrupted([&] { return ::fallocate(file.get(), 0, from, length); }), what);
  }
}

}  // namespace par::inline PAR_ABI::detail
