#include "countips/input/read_text.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <memory>

#include "countips/input/inputs.h"
#include "countips/input/reading.h"

namespace countips {

par::expected<std::string, failure> read_text(const std::string& path, file_system& files,
                                              std::size_t most, const std::atomic<bool>& stop) {
  const auto from = path == standard_input ? files.open_standard_input() : files.open(path);
  if (!from) return par::unexpected<failure>({failure::kind::open, from.error()});
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const or_errno<std::size_t> got = read_some(**from, buffer, stop);
    if (!got) return par::unexpected<failure>({failure::kind::read, got.error()});
    if (*got == 0) return text;
    if (*got > most - text.size()) {
      return par::unexpected<failure>({failure::kind::read, EFBIG});
    }
    text.append(buffer.data(), *got);
  }
}

}  // namespace countips
