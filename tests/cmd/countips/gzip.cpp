#include "cmd/countips/gzip.h"

#include <isa-l/igzip_lib.h>

#include <cstdint>
#include <stdexcept>

namespace countips {

std::string gzip(std::string_view text) {
  std::string packed(text.size() + text.size() / 8 + 4096, '\0');
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  std::string input(text);  // The library wants it mutable.
  stream.next_in = reinterpret_cast<std::uint8_t*>(input.data());
  stream.avail_in = static_cast<std::uint32_t>(input.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(packed.data());
  stream.avail_out = static_cast<std::uint32_t>(packed.size());
  if (isal_deflate_stateless(&stream) != COMP_OK) throw std::runtime_error("cannot pack");
  packed.resize(stream.total_out);
  return packed;
}

}  // namespace countips
