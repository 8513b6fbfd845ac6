// Files that somebody writes to while they are copied.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::file;
using testing::IsEmpty;

constexpr std::size_t small = 1'000;
constexpr std::size_t large = 20'000'000;

struct changing_case {
  const char* name;
  std::size_t size;
  std::function<void(const std::string&)> change;  // Of the source, before it is first read.
  std::size_t copied;
};

const changing_case cases[] = {
    {"grows", small, [](const std::string& f) { std::ofstream(f, std::ios::app) << "more"; },
     small + 4},
    {"shrinks", small, [](const std::string& f) { std::filesystem::resize_file(f, 10); }, 10},
    {"is emptied", small, [](const std::string& f) { std::filesystem::resize_file(f, 0); }, 0},
    {"grows, large", large, [](const std::string& f) { std::ofstream(f, std::ios::app) << "more"; },
     large + 4},
    {"shrinks, large", large, [](const std::string& f) { std::filesystem::resize_file(f, 10); },
     10},
    {"is rewritten, large", large,
     [](const std::string& f) {
       const int open = ::open(f.c_str(), O_WRONLY | O_CLOEXEC);
       EXPECT_EQ(::pwrite(open, "y", 1, 0), 1);
       ::close(open);
     },
     large},
};

// Changes the source as soon as somebody wants to read its data.
faulty_fs::decision change_once(const playground& ground, const changing_case& c) {
  return [&, done = false](call what, const char*) mutable {
    if (!done && (what == call::read || what == call::copy_range)) {
      done = true;
      c.change(ground.source() + "/f");
    }
    return what == call::clone ? std::errc::not_supported : std::errc{};
  };
}

TEST(copy_of_a_changing_file, is_reported_and_not_taken_for_good_by_the_next_run) {
  for (const changing_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground({file("f", std::string(c.size, 'x')), file("g", "rest")});
    faulty_fs fs(change_once(ground, c));
    const copy_result result = copy_now({ground.source() + "/f", ground.source() + "/g"},
                                        ground.path(""), {.fs = &fs, .executor = {"serial", 1}});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, operation::source_changed);
    EXPECT_EQ(result.errors[0].source, ground.source() + "/f");
    EXPECT_EQ(status_of(ground.path("f")).st_size, static_cast<off_t>(c.copied));
    EXPECT_EQ(content_of(ground.path("g")), "rest");

    options again;
    again.only = update::same;
    const copy_result second =
        copy_now({ground.source() + "/f", ground.source() + "/g"}, ground.path(""), {.how = again});
    EXPECT_THAT(second.errors, IsEmpty());
    EXPECT_EQ(second.what.files, 1u);
    EXPECT_TRUE(content_of(ground.path("f")) == content_of(ground.source() + "/f"));
  }
}

TEST(copy_of_a_changing_file, is_no_error_if_nobody_wants_to_know) {
  const playground ground({file("f", std::string(small, 'x'))});
  faulty_fs fs(change_once(ground, cases[0]));
  options how;
  how.report_changes = false;
  const copy_result result = copy_now({ground.source() + "/f"}, ground.copy(),
                                      {.fs = &fs, .executor = {"serial", 1}, .how = how});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(content_of(ground.copy()).size(), small + 4);
}

// Sizes that are made up: 0 in /proc, a page in /sys.
TEST(copy_of_a_changing_file, is_not_what_a_file_of_the_kernel_is) {
  for (const std::string path : {"/proc/self/status", "/proc/version", "/sys/kernel/mm/hugepages",
                                 "/sys/kernel/profiling", "/sys/kernel/fscaps"}) {
    if (!std::filesystem::is_regular_file(path)) continue;
    const playground ground;
    const copy_result result = copy_now({path}, ground.copy());
    EXPECT_THAT(result.errors, IsEmpty()) << path;
    EXPECT_GT(status_of(ground.copy()).st_size, 0) << path;
  }
}

}  // namespace
}  // namespace copytree
