#include "copytree/entry/placement.h"

#include <utility>

#include "copytree/system/temporary_name.h"

namespace copytree {

placement::placement(file_system& fs, at where) : fs_(fs), where_(where) {}

placement::~placement() {
  if (!name_.empty()) static_cast<void>(fs_.remove(made()));
  if (!backup_.empty()) {
    static_cast<void>(fs_.rename_new({where_.directory, backup_.c_str()}, where_.name));
  }
}

os_result<void> placement::make_new(maker make) {
  auto result = make(where_);
  if (result) name_ = where_.name;
  return result;
}

os_result<void> placement::make_replacement(maker make) {
  constexpr int attempts = 100;  // A name can only be taken by what an earlier process left there.
  for (int attempt = 1;; ++attempt) {
    std::string name = temporary_name();
    auto result = make({.directory = where_.directory, .name = name.c_str()});
    if (!result && result.error() == std::errc::file_exists && attempt < attempts) continue;
    if (result) {
      name_ = std::move(name);
      temporary_ = true;
    }
    return result;
  }
}

// Where something stands already it gets a temporary name first: a link replaces nothing.
os_result<void> placement::name_it() {
  const auto name = [&](at where) { return fs_.name_file(unnamed_, where); };
  auto made = make_new(name);
  if (!made && made.error() == std::errc::file_exists) made = make_replacement(name);
  return made;
}

os_result<void> placement::commit() {
  if (is_unnamed()) {
    if (auto named = name_it(); !named) return named;
  }
  if (temporary_) {
    if (auto moved = fs_.rename(made(), where_.name); !moved) return moved;
  }
  name_.clear();
  backup_.clear();
  return {};
}

}  // namespace copytree
