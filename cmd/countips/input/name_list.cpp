#include "countips/input/name_list.h"

#include <algorithm>
#include <string_view>

#include "countips/input/read_text.h"

namespace countips {

namespace {

name_list cut_at_nuls(std::string_view text, const std::string& path) {
  name_list list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    if (end == 0) {
      list.failures.push_back({path + ':' + std::to_string(number), {failure::kind::empty_name}});
    } else {
      list.names.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

}  // namespace

par::expected<name_list, failure> read_name_list(const std::string& path, file_system& files,
                                                 const std::atomic<bool>& stop) {
  constexpr std::size_t most = std::size_t{1} << 30;
  const auto text = read_text(path, files, most, stop);
  if (!text) return par::unexpected<failure>(text.error());
  return cut_at_nuls(*text, path);
}

}  // namespace countips
