#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "countips/input/reading.h"
#include "countips/input/source.h"
#include "par/pools/thread.h"
#include "support/temp_dir.h"

namespace countips {
namespace {

class system_files_in : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    const std::string path = directory_.path() / name;
    std::ofstream(path) << content;
    return path;
  }

  support::temp_dir directory_;
  const std::atomic<bool> go_on_{false};
};

TEST_F(system_files_in, a_directory_are_looked_up_and_listed) {
  const std::string file = write("b", "123");
  write("a", "");
  std::filesystem::create_symlink("b", directory_.path() / "link");
  const auto names = system_files().list(directory_.path());
  ASSERT_TRUE(names.has_value());
  auto sorted = *names;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, (std::vector<std::string>{"a", "b", "link"}));

  EXPECT_EQ(system_files().look_up(file)->size, 3u);
  EXPECT_EQ(system_files().look_up(directory_.path() / "link")->is, file_info::kind::regular);
  EXPECT_EQ(system_files().look_up(directory_.path())->is, file_info::kind::directory);
  EXPECT_EQ(system_files().look_up("/dev/null")->is, file_info::kind::other);
}

TEST_F(system_files_in, trouble_give_the_errno) {
  EXPECT_EQ(system_files().look_up(directory_.path() / "x").error(), ENOENT);
  EXPECT_EQ(system_files().open(directory_.path() / "x").error(), ENOENT);
  EXPECT_EQ(system_files().list(write("file", "")).error(), ENOTDIR);
  const auto opened = system_files().open(directory_.path());
  ASSERT_TRUE(opened.has_value());
  std::array<char, 4> buffer;
  EXPECT_EQ(read_some(**opened, buffer, go_on_).error(), EISDIR);
}

TEST_F(system_files_in, files_are_read_at_any_place) {
  const auto opened = system_files().open(write("file", "abcdef"));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->size(), 6u);
  std::array<char, 4> buffer;
  EXPECT_EQ((*opened)->read_at(4, buffer), 2u);
  EXPECT_EQ(buffer[0], 'e');
  EXPECT_EQ((*opened)->read(buffer), 4u);
  EXPECT_EQ(buffer[0], 'a');
}

// Also at its end, where more may come.
TEST_F(system_files_in, standard_input_is_read_from_where_it_stands) {
  const std::string path = write("file", "abc");
  const int saved = ::dup(STDIN_FILENO);
  for (const off_t at : {1, 3}) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(::lseek(file, at, SEEK_SET), at);
    ASSERT_EQ(::dup2(file, STDIN_FILENO), STDIN_FILENO);
    ::close(file);
    const auto opened = system_files().open_standard_input();
    ASSERT_TRUE(opened.has_value());
    std::ofstream(path, std::ios::app) << "de";
    std::array<char, 16> buffer;
    const auto read = (*opened)->read_at(0, buffer);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(std::string(buffer.data(), *read), at == 1 ? "bcde" : "dede");
  }
  ASSERT_EQ(::dup2(saved, STDIN_FILENO), STDIN_FILENO);
  ::close(saved);
}

TEST_F(system_files_in, proc_have_content_though_no_size) {
  const auto opened = system_files().open("/proc/self/status");
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->size(), std::nullopt);
  std::array<char, 4> buffer;
  EXPECT_EQ(read_some(**opened, buffer, go_on_), 4u);
}

TEST_F(system_files_in, pipes_are_waited_for) {
  const std::string path = directory_.path() / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto opened = system_files().open(path);  // Nobody writes yet.
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->size(), std::nullopt);
  EXPECT_FALSE((*opened)->wait_readable(std::chrono::milliseconds(1)));
  const par::thread writer("writer", [path] { std::ofstream(path) << "abc"; });
  std::array<char, 4> buffer;
  EXPECT_EQ(read_some(**opened, buffer, go_on_), 3u);
  EXPECT_EQ(read_some(**opened, buffer, go_on_), 0u);
}

TEST_F(system_files_in, pipes_without_a_writer_end_at_a_stop) {
  const std::string path = directory_.path() / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto opened = system_files().open(path);
  ASSERT_TRUE(opened.has_value());
  std::atomic<bool> stop{false};
  const par::thread stopper("stopper", [&stop] { stop = true; });
  std::array<char, 4> buffer;
  EXPECT_EQ(read_some(**opened, buffer, stop).error(), ECANCELED);
}

}  // namespace
}  // namespace countips
