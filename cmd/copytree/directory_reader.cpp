#include "copytree/directory_reader.h"

#include <dirent.h>

namespace copytree {

directory_reader::directory_reader(file_system& fs, int directory)
    : fs_(fs), directory_(directory), block_(new std::byte[block_size]) {}

os_result<std::optional<entry>> directory_reader::next() {
  while (true) {
    if (position_ == end_) {
      const auto read =
          uninterrupted([&] { return fs_.read_entries(directory_, {block_.get(), block_size}); });
      if (!read) return par::unexpected<std::errc>(read.error());
      if (*read == 0) return std::nullopt;
      position_ = 0;
      end_ = *read;
    }
    // The kernel aligns its records, and new[] the block.
    const auto* record = reinterpret_cast<const dirent64*>(block_.get() + position_);
    position_ += record->d_reclen;
    const std::string_view name = record->d_name;
    if (name != "." && name != "..") return entry{.name = record->d_name, .type = record->d_type};
  }
}

unsigned char entry_type(mode_t mode) {
  return static_cast<unsigned char>(IFTODT(mode));
}

}  // namespace copytree
