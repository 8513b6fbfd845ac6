// copytree and attributes that a real file system, or a real user, cannot have.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/acl.h"
#include "support/mounted.h"
#include "support/random_tree.h"
#include "support/run.h"
#include "support/spawn.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::dir;
using support::file;
using support::run;
using support::run_result;
using support::with;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string program = BIN_DIR "/copytree";

run_result copytree(const fs::path& from, const fs::path& to) {
  return run({program, "-q", from.string(), to.string()}, {.environment = {"LC_ALL=C"}});
}

void make(const fs::path& root, const support::tree& entries) {
  fs::create_directory(root);
  support::make_tree(root, entries);
}

const std::string list = support::acl_bytes("u::rw-,u:1000:rw-,g::r--,m::rw-,o::---");

TEST(copytree_attributes, too_large_for_the_destination_are_named_and_the_rest_arrives) {
  const support::mounted large("xfs");
  const support::mounted small("ext4");
  if (!large.problem().empty()) GTEST_SKIP() << large.problem();
  if (!small.problem().empty()) GTEST_SKIP() << small.problem();
  make(large.path() / "a",
       {with(file("f", "content"), {{"user.big", std::string(30'000, 'x')}, {"user.small", "y"}}),
        with(file("g", "content"), {{"user.small", "z"}})});
  const run_result result = copytree(large.path() / "a", small.path() / "a");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, StartsWith("copytree: setting attribute 'user.big' for '" +
                                     (small.path() / "a/f").string() + "': "));
  EXPECT_THAT(result.err, testing::EndsWith("\ncopytree: 1 error\n"));
  EXPECT_THAT(support::differences(large.path() / "a", small.path() / "a"),
              ElementsAre(StartsWith("./f: attribute user.big")));
}

TEST(copytree_attributes, that_the_destination_does_not_know_are_lost_in_silence_but_for_rights) {
  const support::mounted bare("ramfs");
  if (!bare.problem().empty()) GTEST_SKIP() << bare.problem();
  const support::temp_dir temp;
  make(temp.path() / "a", {with(file("f", "content"), {{"trusted.a", "x"}})});
  const run_result silent = copytree(temp.path() / "a", bare.path() / "a");
  EXPECT_EQ(silent.err, "");
  EXPECT_EQ(silent.status, 0);

  make(temp.path() / "b", {with(file("f", "content"), {{support::access_list, list}})});
  const run_result loud = copytree(temp.path() / "b", bare.path() / "b");
  const std::string name = (bare.path() / "b/f").string();
  EXPECT_EQ(loud.err, "copytree: preserving permissions for '" + name +
                          "': Operation not supported\ncopytree: 1 error\n");
  EXPECT_EQ(loud.status, 1);
  EXPECT_EQ(fs::status(bare.path() / "b/f").permissions(), static_cast<fs::perms>(0640))
      << "what was the group's, not what the list let others have";
}

// A file that may not be changed, for as long as this lives.
class immutable {
 public:
  explicit immutable(const fs::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    set_ = set(FS_IMMUTABLE_FL);
  }
  immutable(const immutable&) = delete;
  immutable& operator=(const immutable&) = delete;
  ~immutable() { static_cast<void>(set(0)); }
  [[nodiscard]] bool is_set() const { return set_; }

 private:
  [[nodiscard]] bool set(long flag) const {
    long flags = 0;
    if (::ioctl(file_.get(), FS_IOC_GETFLAGS, &flags) == -1) return false;
    flags = (flags & ~static_cast<long>(FS_IMMUTABLE_FL)) | flag;
    return ::ioctl(file_.get(), FS_IOC_SETFLAGS, &flags) == 0;
  }

  support::unique_fd file_;
  bool set_ = false;
};

TEST(copytree_attributes, of_immutable_files_are_reported) {
  const support::temp_dir temp;
  make(temp.path() / "a", {file("f", "new"), file("g", "new"), dir("d"), file("d/x", "new")});
  make(temp.path() / "to", {});
  make(temp.path() / "to/a", {file("f", "old"), file("g", "old"), dir("d", 0700)});
  {
    const immutable a_file(temp.path() / "to/a/f");
    const immutable a_directory(temp.path() / "to/a/d");
    if (!a_file.is_set() || !a_directory.is_set()) GTEST_SKIP() << "no immutable files here";
    const run_result result = copytree(temp.path() / "a", temp.path() / "to");
    EXPECT_EQ(result.status, 1);
    const std::string to = (temp.path() / "to/a").string();
    EXPECT_THAT(result.err, HasSubstr("cannot replace '" + to + "/f': Operation not permitted"));
    EXPECT_THAT(result.err, HasSubstr("cannot create regular file '" + to + "/d/x': Operation"));
    EXPECT_THAT(result.err, HasSubstr("preserving times for '" + to + "/d': Operation"));
    EXPECT_THAT(result.err, HasSubstr("preserving permissions for '" + to + "/d': Operation"));
    EXPECT_THAT(result.err, testing::EndsWith("copytree: 4 errors\n"));
  }
  EXPECT_THAT(support::differences(temp.path() / "a/g", temp.path() / "to/a/g"), IsEmpty());
  EXPECT_EQ(fs::file_size(temp.path() / "to/a/f"), 3u);
}

// Owners, trusted attributes and capabilities are not his to give, as with cp -a.
TEST(copytree_attributes, that_are_not_a_users_to_give_are_left_out_in_silence) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make such a tree";
  constexpr uid_t nobody = 65534;
  const support::temp_dir temp;
  const fs::path source = temp.path() / "a";
  support::tree_entry setuid = file("f", "content", 04755);
  setuid.user = 1'000;
  setuid.attributes = {
      {support::capability, support::capability_bytes(10)}, {"trusted.a", "x"}, {"user.b", "y"}};
  make(source, {setuid, dir("read-only", 0555), file("read-only/f", "x", 0444)});
  ASSERT_EQ(::chown(temp.path().c_str(), nobody, nobody), 0);
  const fs::path copied_program = temp.path() / "copytree";  // Where he can run it.
  fs::copy_file(program, copied_program);
  const run_result result =
      run({"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--",
           copied_program.string(), "-q", source.string(), (temp.path() / "copy").string()},
          {.environment = {"LC_ALL=C"}});
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.status, 0);
  const auto copied = support::tree_facts(temp.path() / "copy").entries();
  const auto& about = copied.at("./f");
  EXPECT_EQ(about.at("owner"), "65534:65534");
  EXPECT_EQ(about.at("mode"), "755");
  EXPECT_EQ(about.at("attribute user.b"), "= y");
  EXPECT_FALSE(about.contains("attribute trusted.a"));
  EXPECT_FALSE(about.contains("attribute security.capability"));
  EXPECT_EQ(copied.at("./read-only").at("mode"), "555");
  EXPECT_EQ(copied.at("./read-only/f").at("content"), "x");
}

TEST(copytree_attributes, are_those_that_cp_a_gives) {
  if (run({"sh", "-c", "cp --version"}).out.find("GNU coreutils") == std::string::npos) {
    GTEST_SKIP() << "no GNU cp";
  }
  const support::temp_dir temp;
  support::tree_means means = support::means_in(temp.path());
  means.long_paths = false;  // Beyond cp.
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const fs::path source = temp.path() / std::to_string(seed);
    make(source, support::random_tree(seed, 150, means));
    // The directory passes a list on, which neither copy may keep.
    const fs::path to = temp.path() / ("to" + std::to_string(seed));
    support::tree_entry into = dir(to.filename().string());
    if (means.access_lists) into.attributes = {{support::default_list, list}};
    support::make_tree(temp.path(), {into});
    ASSERT_EQ(run({"cp", "-a", source.string(), (to / "cp").string()}).status, 0);
    EXPECT_EQ(copytree(source, to / "copytree").status, 0);
    EXPECT_THAT(support::differences(to / "cp", to / "copytree"), IsEmpty());
  }
}

}  // namespace
