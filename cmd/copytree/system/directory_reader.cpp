#include "copytree/system/directory_reader.h"

#include <dirent.h>

#include <string_view>

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

os_result<std::vector<name_and_type>> read_names(file_system& fs, int directory) {
  std::vector<name_and_type> found;
  directory_reader reader(fs, directory);
  while (true) {
    const auto next = reader.next();
    if (!next) return par::unexpected<std::errc>(next.error());
    if (!*next) return found;
    const auto [name, type] = **next;
    bool is_directory = type == DT_DIR;
    if (type == DT_UNKNOWN) {
      const auto status = fs.status_at({directory, name});
      if (!status) return par::unexpected<std::errc>(status.error());
      is_directory = S_ISDIR(status->st_mode);
    }
    found.push_back({name, is_directory});
  }
}

unsigned char entry_type(mode_t mode) {
  return static_cast<unsigned char>(IFTODT(mode));
}

}  // namespace copytree
