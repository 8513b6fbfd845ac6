#include "countips/shell/replace_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/temp_dir.h"

namespace countips {
namespace {

namespace fs = std::filesystem;

class replace_file_in : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return directory_.path() / name; }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  [[nodiscard]] auto files() const {
    return std::distance(fs::directory_iterator(directory_.path()), {});
  }

  support::temp_dir directory_;
};

TEST_F(replace_file_in, a_directory_makes_a_new_file) {
  const mode_t old = ::umask(027);
  EXPECT_TRUE(replace_file(path("page"), "new"));
  ::umask(old);
  EXPECT_EQ(content("page"), "new");
  EXPECT_EQ(fs::status(path("page")).permissions(), fs::perms(0640));
  EXPECT_EQ(files(), 1);
}

TEST_F(replace_file_in, place_of_another_keeps_its_permissions_and_other_links) {
  write("page", "a much longer old text");
  fs::permissions(path("page"), fs::perms(0604));
  fs::create_hard_link(path("page"), path("old"));
  EXPECT_TRUE(replace_file(path("page"), "new"));
  EXPECT_EQ(content("page"), "new");
  EXPECT_EQ(fs::status(path("page")).permissions(), fs::perms(0604));
  EXPECT_EQ(content("old"), "a much longer old text");
  EXPECT_EQ(files(), 2);
}

TEST_F(replace_file_in, place_of_a_link_replaces_what_it_leads_to) {
  fs::create_directory(path("elsewhere"));
  write("elsewhere/page", "old");
  fs::create_symlink("elsewhere/page", path("link"));
  EXPECT_TRUE(replace_file(path("link"), "new"));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content("elsewhere/page"), "new");
}

TEST_F(replace_file_in, place_of_a_link_to_nothing_makes_what_it_leads_to) {
  fs::create_directory(path("elsewhere"));
  fs::create_symlink("elsewhere/page", path("link"));
  EXPECT_TRUE(replace_file(path("link"), "new"));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content("elsewhere/page"), "new");
  fs::create_symlink("round", path("round"));
  EXPECT_EQ(replace_file(path("round"), "new").error(), ELOOP);
}

TEST_F(replace_file_in, the_way_of_left_over_files_takes_another_name) {
  write(".countips-" + std::to_string(::getpid()) + "-0~", "left over");
  EXPECT_TRUE(replace_file(path("page"), "new"));
  EXPECT_EQ(content("page"), "new");
  EXPECT_EQ(files(), 2);
}

TEST_F(replace_file_in, a_device_writes_to_it) {
  EXPECT_TRUE(replace_file("/dev/null", "new"));
  EXPECT_EQ(replace_file("/dev/full", "new").error(), ENOSPC);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(replace_file_in, vain_tells_why_and_leaves_nothing) {
  EXPECT_EQ(replace_file(path("missing/page"), "new").error(), ENOENT);
  EXPECT_EQ(replace_file(path(""), "new").error(), EISDIR);
  write("file", "old");
  EXPECT_EQ(replace_file(path("file/page"), "new").error(), ENOTDIR);
  EXPECT_EQ(content("file"), "old");
  EXPECT_EQ(replace_file(path(std::string(300, 'x')), "new").error(), ENAMETOOLONG);
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace countips
