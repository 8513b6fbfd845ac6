#include "support/content_of.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace support {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::system_error(errno, std::generic_category(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace support
