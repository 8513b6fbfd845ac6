// copytree and block devices.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/content_of.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace {

namespace fs = std::filesystem;
using support::content_of;
using support::run;
using support::run_result;

// A block device whose content is a file's.
class loop_device {
 public:
  explicit loop_device(const fs::path& file)
      : set_up_(run({"losetup", "--find", "--show", file.string()})) {}
  loop_device(const loop_device&) = delete;
  loop_device& operator=(const loop_device&) = delete;
  ~loop_device() {
    if (is_there()) static_cast<void>(run({"losetup", "--detach", path()}));
  }

  [[nodiscard]] bool is_there() const { return set_up_.status == 0; }
  [[nodiscard]] std::string problem() const { return set_up_.err; }
  [[nodiscard]] std::string path() const { return set_up_.out.substr(0, set_up_.out.find('\n')); }

 private:
  run_result set_up_;
};

constexpr std::size_t mebibyte = 1 << 20;

// What lay on the device before must not shine through the holes of an image.
TEST(copytree_devices, hold_an_image_with_holes_byte_by_byte) {
  const support::temp_dir temp;
  const fs::path back = temp.path() / "back";
  const fs::path image = temp.path() / "image";
  std::ofstream(back, std::ios::binary) << std::string(2 * mebibyte, 'x');
  std::ofstream(image, std::ios::binary) << "begin";
  fs::resize_file(image, 2 * mebibyte);
  const loop_device device(back);
  if (!device.is_there()) GTEST_SKIP() << device.problem();
  fs::create_symlink(BIN_DIR "/copytree", temp.path() / "cp");
  const std::string cp = (temp.path() / "cp").string();
  const std::vector<std::vector<std::string>> commands = {
      {BIN_DIR "/copytree", "-q", "--fsync"},
      {BIN_DIR "/copytree", "-q", "--fsync", "--sparse=always"},
      {cp},
      {cp, "--sparse=always"}};
  for (std::vector<std::string> command : commands) {
    SCOPED_TRACE(command.front() + " " + command.back());
    std::ofstream(device.path(), std::ios::binary) << std::string(2 * mebibyte, 'x');
    command.insert(command.end(), {image.string(), device.path()});
    const run_result result = run(command);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_TRUE(content_of(device.path()) == content_of(image));
  }
}

}  // namespace
