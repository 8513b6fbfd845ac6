#include "copytree/placement.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace copytree {

namespace {

std::string temporary_name() {
  static std::atomic<std::uint64_t> used{0};
  return fmt::format(".copytree-{}-{}~", ::getpid(), used.fetch_add(1, std::memory_order_relaxed));
}

}  // namespace

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

os_result<void> placement::commit() {
  if (temporary_) {
    if (auto moved = fs_.rename(made(), where_.name); !moved) return moved;
  }
  name_.clear();
  backup_.clear();
  return {};
}

}  // namespace copytree
