// Which attributes a copy has that keeps only some of them, beside the system's cp.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "support/acl.h"
#include "support/random_tree.h"
#include "support/run.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::symlink;
using support::with;
using testing::IsEmpty;

constexpr preserved nothing = {.mode = false,
                               .owner = false,
                               .times = false,
                               .links = false,
                               .xattrs = false,
                               .context = false};

preserved only(bool preserved::* wanted) {
  preserved made = nothing;
  made.*wanted = true;
  return made;
}

preserved without_attributes() {
  preserved made = {};
  made.xattrs = made.context = made.links = false;
  return made;
}

struct way {
  std::vector<std::string> flags;  // Of cp.
  preserved preserve;
};

const way ways[] = {
    {{"-r"}, nothing},
    {{"-r", "--no-preserve=mode"},
     [] {
       preserved made = nothing;
       made.default_mode = true;
       return made;
     }()},
    {{"-r", "--preserve=mode"}, only(&preserved::mode)},
    {{"-r", "--preserve=ownership"}, only(&preserved::owner)},
    {{"-r", "--preserve=xattr"}, only(&preserved::xattrs)},
    {{"-rp"}, without_attributes()},
    {{"-a"}, {}},
};

// Into what kind of directory.
struct parent {
  const char* name;
  mode_t mode;
  std::vector<support::attribute> attributes;
};

const std::string wide = support::acl_bytes("u::rwx,u:1000:rwx,g::r-x,g:50:rw-,m::rwx,o::--x");
const std::string narrow = support::acl_bytes("u::r-x,u:1000:r--,g::---,m::r--,o::---");

const parent parents[] = {
    {"plain", 0755, {}},
    {"setgid", 02755, {}},
    {"default list", 0755, {{support::default_list, wide}}},
    {"narrow default list", 0755, {{support::default_list, narrow}}},
    {"default list and setgid", 02755, {{support::default_list, wide}}},
};

support::tree sample() {
  support::tree made = {
      dir("d"),
      with(dir("d/listed"), {{support::access_list, wide}, {support::default_list, narrow}}),
      file("d/listed/f", "x", 0640),
      with(file("listed", "x"), {{support::access_list, wide}, {"user.a", "value"}}),
      with(fifo("listed fifo"), {{support::access_list, wide}}),
      symlink("l", "d"),
  };
  for (const mode_t mode : {0000, 0400, 0444, 0600, 0644, 0666, 0751, 0777, 04755, 02755, 01644}) {
    made.push_back(file(fmt::format("file {:o}", mode), "x", mode));
    if ((mode & S_ISUID) == 0) made.push_back(fifo(fmt::format("fifo {:o}", mode), mode));
  }
  for (const mode_t mode : {0500, 0555, 0700, 0751, 0777, 01777, 02775}) {
    made.push_back(dir(fmt::format("directory {:o}", mode), mode));
  }
  return made;
}

// GNU cp leaves setgid on directories in a directory that has it, even with -a; a faithful copy
// does not. And where it keeps the owner but not the mode, it applies the umask on top of what a
// default list says; and for an ordinary user who keeps extended attributes it takes the list off
// read-only files.
bool differs_on_purpose(const way& by, const parent& into) {
  if ((into.mode & S_ISGID) != 0 && by.preserve.mode) return true;
  if (into.attributes.empty()) return false;
  return (by.preserve.owner && !by.preserve.mode) || (by.preserve.xattrs && !is_root());
}

std::vector<std::string> differences_but_times(const std::string& ours, const std::string& theirs) {
  std::vector<std::string> found = support::differences(ours, theirs);
  std::erase_if(found,
                [](const std::string& line) { return line.find(": time ") != std::string::npos; });
  return found;
}

class copy_of_modes : public testing::Test {
 protected:
  void SetUp() override {
    const support::tree_means means = support::means_in(support::temp_dir().path());
    if (!means.user_attributes || !means.access_lists) GTEST_SKIP() << "no attributes here";
    const support::run_result version = support::run({"sh", "-c", "cp --version"});
    if (version.out.find("GNU coreutils") == std::string::npos) GTEST_SKIP() << "no GNU cp";
  }

  static void compare(const way& by, const parent& into, const std::string& umask) {
    const playground ground;
    support::tree source = sample();
    // An ordinary user could not read it.
    if (!is_root()) std::erase_if(source, [](const auto& entry) { return entry.path == "file 0"; });
    support::make_tree(ground.source(), source);
    for (const char* name : {"ours", "theirs"}) {
      support::tree_entry made = dir(name, into.mode);
      made.attributes = into.attributes;
      support::make_tree(ground.path(""), {made});
    }
    std::vector<std::string> cp = {"sh", "-c", "umask " + umask + "; exec cp \"$@\"", "sh"};
    cp.insert(cp.end(), by.flags.begin(), by.flags.end());
    cp.insert(cp.end(), {ground.source(), ground.path("theirs")});
    ASSERT_EQ(support::run(cp).status, 0);
    options how = {.preserve = by.preserve};
    how.umask = static_cast<mode_t>(std::stoul(umask, nullptr, 8));
    EXPECT_THAT(copy_now({ground.source()}, ground.path("ours"), {.how = how}).errors, IsEmpty());
    EXPECT_THAT(differences_but_times(ground.path("ours"), ground.path("theirs")), IsEmpty());
  }
};

TEST_F(copy_of_modes, are_those_of_cp) {
  for (const way& by : ways) {
    for (const parent& into : parents) {
      if (differs_on_purpose(by, into)) continue;
      for (const std::string umask : {"000", "022", "077"}) {
        SCOPED_TRACE(testing::PrintToString(by.flags) + " into " + into.name + ", " + umask);
        compare(by, into, umask);
      }
    }
  }
}

TEST_F(copy_of_modes, are_those_of_the_source_whatever_the_directory_passes_on) {
  for (const parent& into : parents) {
    SCOPED_TRACE(into.name);
    const playground ground(is_root() ? sample() : support::tree{dir("d", 0700), file("f")});
    support::make_tree(ground.path(""), {with(dir("to", into.mode), into.attributes)});
    EXPECT_THAT(copy_now({ground.source()}, ground.path("to")).errors, IsEmpty());
    EXPECT_THAT(support::differences(ground.source(), ground.path("to/source")), IsEmpty());
  }
}

TEST_F(copy_of_modes, of_directories_that_are_there_become_those_of_the_source) {
  const playground ground({dir("d"), file("d/f", "x")});
  support::make_tree(
      ground.path(""),
      {with(dir("copy", 02777), {{support::access_list, wide}, {support::default_list, wide}}),
       with(dir("copy/d"), {{support::default_list, narrow}})});
  EXPECT_THAT(copy_now({ground.source() + "/."}, ground.copy()).errors, IsEmpty());
  EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
}

}  // namespace
}  // namespace copytree
