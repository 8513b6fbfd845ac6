#include "copytree/selection/ignore_rules.h"

#include <fcntl.h>

#include "copytree/system/descriptor.h"
#include "copytree/system/read_file.h"
#include "copytree/system/release_chain.h"

namespace copytree {

ignore_rules::~ignore_rules() {
  if (outer_ != nullptr) release_in_turn(std::move(outer_));
}

verdict ignore_rules::judge(std::string_view path, bool is_directory) const {
  for (const ignore_rules* level = this; level != nullptr; level = level->outer_.get()) {
    const verdict said = level->patterns_.judge(path.substr(level->prefix_), is_directory);
    if (said != verdict::none) return said;
  }
  return verdict::none;
}

os_result<std::shared_ptr<const ignore_rules>> rules_in(file_system& fs, int directory,
                                                        std::shared_ptr<const ignore_rules> outer,
                                                        std::size_t prefix) {
  const auto opened = uninterrupted(
      [&] { return fs.open({directory, ".gitignore"}, O_RDONLY | O_NONBLOCK | O_NOCTTY); });
  if (!opened && opened.error() == std::errc::no_such_file_or_directory) return outer;
  if (!opened) return par::unexpected<std::errc>(opened.error());
  const descriptor file(fs, *opened);
  const auto status = fs.status(file.get());
  if (!status) return par::unexpected<std::errc>(status.error());
  if (!S_ISREG(status->st_mode)) return outer;
  const auto text = read_all(fs, file.get());
  if (!text) return par::unexpected<std::errc>(text.error());
  pattern_list patterns;
  patterns.add_lines(*text);
  if (patterns.empty()) return outer;
  return std::make_shared<const ignore_rules>(std::move(outer), std::move(patterns), prefix);
}

}  // namespace copytree
