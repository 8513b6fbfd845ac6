#include "copytree/entry/backup.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;

struct backup_case {
  const char* name;
  backup kind;
  std::vector<std::string> there;  // Besides "f".
  std::string suffix;
  std::string want;
};

const backup_case cases[] = {
    {"simple", backup::simple, {}, "~", "f~"},
    {"simple over an earlier one", backup::simple, {"f~"}, "~", "f~"},
    {"simple beside numbered ones", backup::simple, {"f.~1~"}, ".bak", "f.bak"},
    {"first number", backup::numbered, {"f~"}, "~", "f.~1~"},
    {"after the highest", backup::numbered, {"f.~2~", "f.~10~", "f.~9~"}, "~", "f.~11~"},
    {"of other names", backup::numbered, {"ff.~7~", "g.~8~", "f.f.~9~"}, "~", "f.~1~"},
    {"no numbers", backup::numbered, {"f.~~", "f.~x~", "f.~1x~", "f.~-1~", "f.~3"}, "~", "f.~1~"},
    {"leading zeros", backup::numbered, {"f.~07~"}, "~", "f.~1~"},
    {"too high to count", backup::numbered, {"f.~99999999999999999999999~"}, "~", "f.~1~"},
    {"existing, none there", backup::existing, {"f~"}, "~", "f~"},
    {"existing, a numbered one", backup::existing, {"f.~4~"}, "~", "f.~5~"},
};

std::string full(const playground& ground, const std::string& name) {
  return ground.source() + "/" + name;
}

class opened {
 public:
  opened(file_system& fs, const std::string& path)
      : file_(fs, fs.open({AT_FDCWD, path.c_str()}, O_RDONLY | O_DIRECTORY).value()) {}
  [[nodiscard]] int get() const { return file_.get(); }

 private:
  descriptor file_;
};

TEST(backup, is_named_as_by_gnu_and_moved_there) {
  for (const backup_case& c : cases) {
    SCOPED_TRACE(c.name);
    support::tree tree = {file("f", "old")};
    for (const std::string& name : c.there) tree.push_back(file(name, "kept"));
    const playground ground(tree);
    file_system fs;
    const opened directory(fs, ground.source());
    const at where = {.directory = directory.get(), .name = "f"};
    EXPECT_EQ(backup_name(fs, where, c.kind, c.suffix), c.want);
    EXPECT_EQ(set_aside(fs, where, c.kind, c.suffix), c.want);
    EXPECT_EQ(content_of(full(ground, c.want)), "old");
    EXPECT_FALSE(exists(full(ground, "f")));
  }
}

// Two copies may count at the same time.
TEST(backup, takes_the_next_number_if_somebody_has_taken_this_one) {
  const playground ground({file("f", "old")});
  bool taken = false;
  faulty_fs fs([&](call what, const char*) {
    if (what == call::rename_new && !taken) {
      taken = true;
      support::make_tree(ground.source(), {file("f.~1~", "theirs")});
    }
    return std::errc{};
  });
  const opened directory(fs, ground.source());
  EXPECT_EQ(set_aside(fs, {directory.get(), "f"}, backup::numbered, "~"), "f.~2~");
  EXPECT_EQ(content_of(full(ground, "f.~1~")), "theirs");
}

TEST(backup, knows_the_source_that_it_would_overwrite) {
  const playground ground({file("f"), file("f~"), file("g"), symlink("h~", "g"), dir("d")});
  file_system fs;
  const opened directory(fs, ground.source());
  const auto is_backup = [&](const char* source, const char* of) {
    return is_backup_of(fs, source, status_of(full(ground, source)), {directory.get(), of}, "~");
  };
  EXPECT_TRUE(is_backup("f~", "f"));
  EXPECT_FALSE(is_backup("g", "f"));
  EXPECT_FALSE(is_backup("f", "f"));
}

}  // namespace
}  // namespace copytree
