#include "cmd/copytree/data_copying.h"

#include <fcntl.h>

#include "copytree/system/descriptor.h"

namespace copytree {

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251 + 1);
  return text;
}

par::expected<data_copied, data_error> data_ground::copy(file_system& fs,
                                                         const std::string& content) {
  const std::string name = "f" + std::to_string(++files_);
  support::make_tree(ground_.source(), {support::file(name, content)});
  return copy_from(fs, ground_.source() + "/" + name);
}

par::expected<data_copied, data_error> data_ground::copy_from(file_system& fs,
                                                              const std::string& path) {
  to = ground_.path("copy" + std::to_string(++files_));
  const descriptor source(fs, ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const descriptor made(fs, ::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const file_status status = size_hint ? *size_hint : *file_system().status(source.get());
  counters counts;
  file_progress progress(counts);
  const data_rules rules = {.fs = fs,
                            .progress = progress,
                            .stop = stop,
                            .reflink = reflink,
                            .sparse = sparse,
                            .summed = summed,
                            .limit = limit};
  auto result = copy_data(rules, methods, source.get(), made.get(), status);
  moved = counts.copied.bytes_moved;
  done = counts.under_way;
  return result;
}

}  // namespace copytree
