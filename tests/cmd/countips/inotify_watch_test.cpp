#include "countips/input/inotify_watch.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "support/temp_dir.h"

namespace countips {
namespace {

// Longer than any test runs: a wait that ends has seen the change.
constexpr std::chrono::hours for_ever(1);

TEST(inotify_watch, sees_files_grow_come_and_go) {
  const support::temp_dir directory;
  const std::string log = directory.path() / "log";
  const std::string target = directory.path() / "below" / "target";
  const std::string link = directory.path() / "link";
  std::filesystem::create_directory(directory.path() / "below");
  std::ofstream(target) << "x";
  std::filesystem::create_symlink(target, link);
  const auto watch = make_inotify_watch({log, link});
  const std::function<void()> changes[] = {
      [&] { std::ofstream(log) << "a"; },
      [&] { std::ofstream(log, std::ios::app) << "b"; },
      [&] { std::ofstream(target, std::ios::app) << "y"; },
      [&] { std::filesystem::resize_file(log, 0); },
      [&] { std::filesystem::rename(log, log + ".1"); },
      [&] { std::filesystem::rename(log + ".1", log); },
      [&] { std::filesystem::remove(log); },
  };
  for (const auto& change : changes) {
    change();
    watch->wait(for_ever);
  }
}

TEST(inotify_watch, returns_when_the_time_is_up) {
  const support::temp_dir directory;
  make_inotify_watch({directory.path() / "log"})->wait(std::chrono::milliseconds(1));
  make_inotify_watch({"/nowhere/at/all/log"})->wait(std::chrono::milliseconds(1));
}

}  // namespace
}  // namespace countips
