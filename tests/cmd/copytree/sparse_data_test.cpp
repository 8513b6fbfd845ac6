// Holes: kept, made and filled.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "cmd/copytree/data_copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "support/spawn.h"

namespace copytree {
namespace {

constexpr off_t block = 64 * 1024;  // No file system has larger ones.

using extents = std::vector<std::pair<off_t, off_t>>;

// Makes a file of this size with data in some places.
void make_sparse(const std::string& path, off_t size, const extents& data) {
  const support::unique_fd file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  ASSERT_EQ(::ftruncate(file.get(), size), 0);
  for (const auto& [begin, end] : data) {
    const std::string text = pattern(static_cast<std::size_t>(end - begin));
    ASSERT_EQ(::pwrite(file.get(), text.data(), text.size(), begin), end - begin);
  }
}

// Where the file system says that there is data.
extents map_of(const std::string& path) {
  const support::unique_fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  extents found;
  off_t end = 0;
  for (off_t begin = ::lseek(file.get(), 0, SEEK_DATA); begin >= 0;
       begin = ::lseek(file.get(), end, SEEK_DATA)) {
    end = ::lseek(file.get(), begin, SEEK_HOLE);
    found.emplace_back(begin, end);
  }
  return found;
}

bool has_holes_here(const std::string& directory) {
  const std::string path = directory + "/probe";
  make_sparse(path, 4 * block, {{block, 2 * block}});
  return map_of(path) == extents{{block, 2 * block}};
}

struct sparse_case {
  const char* name;
  off_t size;
  extents data;
};

const sparse_case cases[] = {
    {"all hole", 10 * block, {}},
    {"hole at the end", 10 * block, {{0, block}}},
    {"hole at the beginning", 10 * block, {{9 * block, 10 * block}}},
    {"alternating", 8 * block, {{0, block}, {2 * block, 3 * block}, {6 * block, 7 * block}}},
    {"odd size", 10 * block + 123, {{block, 2 * block}}},
    {"odd data", 10 * block, {{5 * block, 5 * block + 7}}},
    {"long data", 40 * block, {{block, 20 * block}}},
};

class sparse_test : public testing::Test, protected data_ground {
 protected:
  void SetUp() override {
    if (!has_holes_here(path(""))) GTEST_SKIP() << "no holes in files here";
    methods.clone_refused = true;
  }

  std::string make(const sparse_case& c) {
    const std::string name = path(c.name);
    make_sparse(name, c.size, c.data);
    return name;
  }
};

// Counts what is written, by read and write or by the kernel.
class counting_fs final : public file_system {
 public:
  explicit counting_fs(std::uint64_t& written) : written_(written) {}
  os_result<std::size_t> write(int file, std::span<const std::byte> data) override {
    return counted(file_system::write(file, data));
  }
  os_result<std::size_t> copy_range(int from, int to, std::size_t length) override {
    return counted(file_system::copy_range(from, to, length));
  }

 private:
  os_result<std::size_t> counted(os_result<std::size_t> done) {
    if (done) written_ += *done;
    return done;
  }

  std::uint64_t& written_;
};

TEST_F(sparse_test, keeps_the_map) {
  for (const sparse_case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string from = make(c);
    file_system fs;
    const auto made = copy_from(fs, from);
    EXPECT_EQ(bytes_of(made), c.size);
    EXPECT_TRUE(made->how.seeks_holes);
    EXPECT_EQ(done, c.size);
    EXPECT_TRUE(copied() == content_of(from));
    EXPECT_EQ(map_of(to), map_of(from));
  }
}

TEST_F(sparse_test, fills_holes_if_there_must_be_none) {
  sparse = policy::never;
  for (const sparse_case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string from = make(c);
    file_system fs;
    EXPECT_EQ(bytes_of(copy_from(fs, from)), c.size);
    EXPECT_TRUE(copied() == content_of(from));
    EXPECT_EQ(map_of(to), (extents{{0, c.size}}));
  }
}

// Of zeros that were written.
TEST_F(sparse_test, makes_holes_of_zeros_if_asked_to) {
  sparse = policy::always;
  for (const sparse_case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string from = make(c);
    const std::string name = std::string("full ") + c.name;
    const std::string full = path(name);
    support::make_tree(path(""), {support::file(name, content_of(from))});
    file_system fs;
    const auto made = copy_from(fs, full);
    EXPECT_EQ(bytes_of(made), c.size);
    EXPECT_TRUE(made->how.finds_zeros);
    EXPECT_EQ(moved, c.size);
    EXPECT_TRUE(copied() == content_of(from));
    EXPECT_LE(status_of(to).st_blocks, status_of(from).st_blocks);
  }
}

TEST_F(sparse_test, always_writes_what_is_no_zero) {
  sparse = policy::always;
  file_system fs;
  for (const std::size_t size : {1u, 4'095u, 4'096u, 4'097u, 300'000u}) {
    std::string content = pattern(size);
    EXPECT_EQ(bytes_of(copy(fs, content)), size);
    EXPECT_TRUE(copied() == content);
    content = std::string(size, '\0');
    content.back() = 'x';
    EXPECT_EQ(bytes_of(copy(fs, content)), size);
    EXPECT_TRUE(copied() == content);
  }
}

// What is no regular file has no holes: what it held there would stay.
TEST_F(sparse_test, makes_no_holes_in_devices) {
  const std::string hole = make({"hole", 10 * block, {{0, block}}});
  support::make_tree(path(""), {support::file("zeros", std::string(10 * block, '\0'))});
  const support::unique_fd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  for (const policy how : {policy::automatic, policy::always, policy::never}) {
    for (const std::string& name : {hole, path("zeros")}) {
      SCOPED_TRACE(name);
      const support::unique_fd from(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
      std::uint64_t written = 0;
      counting_fs fs(written);
      counters counts;
      file_progress progress(counts);
      const data_rules rules{.fs = fs, .progress = progress, .stop = stop, .sparse = how};
      EXPECT_EQ(bytes_of(copy_data(rules, methods, from.get(), null.get(), status_of(name))),
                10u * block);
      EXPECT_EQ(written, 10u * block);
    }
  }
}

TEST_F(sparse_test, sums_holes_as_zeros) {
  summed = true;
  for (const policy how : {policy::never, policy::automatic, policy::always}) {
    sparse = how;
    for (const sparse_case& c : cases) {
      SCOPED_TRACE(c.name);
      const std::string from = make(c);
      const std::string content = content_of(from);
      checksummer wanted;
      wanted.add(std::as_bytes(std::span(content)));
      file_system fs;
      const auto made = copy_from(fs, from);
      ASSERT_TRUE(made);
      EXPECT_EQ(made->sum, wanted.result());
    }
  }
}

// What is not there costs nothing: a tebibyte in a handful of calls.
TEST_F(sparse_test, passes_over_a_hole_of_a_tebibyte) {
  constexpr off_t tebibyte = off_t{1} << 40;
  const std::string from = path("huge");
  make_sparse(from, tebibyte, {{tebibyte / 2, tebibyte / 2 + block}});
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  EXPECT_EQ(bytes_of(copy_from(fs, from)), tebibyte);
  EXPECT_EQ(map_of(to), map_of(from));
  EXPECT_LE(fs.calls(call::read) + fs.calls(call::copy_range), 2);
  EXPECT_LE(fs.calls(call::seek), 8);
}

enum class lie { circle, backward, data_in_a_hole };

// A file system that tells nonsense about holes.
class lying_fs final : public file_system {
 public:
  explicit lying_fs(lie kind) : kind_(kind) {}
  os_result<std::uint64_t> seek(int file, std::uint64_t offset, int whence) override {
    if (whence == SEEK_HOLE && kind_ != lie::data_in_a_hole) {
      return kind_ == lie::circle ? offset : 0;
    }
    if (whence == SEEK_DATA && kind_ == lie::data_in_a_hole) return offset;
    return file_system::seek(file, offset, whence);
  }

 private:
  const lie kind_;
};

TEST_F(sparse_test, is_not_led_in_circles) {
  for (const lie kind : {lie::circle, lie::backward, lie::data_in_a_hole}) {
    const std::string from = make(cases[3]);
    lying_fs fs(kind);
    EXPECT_EQ(bytes_of(copy_from(fs, from)), cases[3].size);
    EXPECT_TRUE(copied() == content_of(from));
  }
}

struct seek_fault {
  int which;  // Of the seeks that a copy makes, from 1.
  operation reported;
};

TEST_F(sparse_test, tells_on_which_side_seeking_failed) {
  // 1: data; 2: hole; 3: there in the source; 4: in the copy.
  for (const seek_fault& c : {seek_fault{2, operation::read_data},
                              {3, operation::read_data},
                              {4, operation::write_data}}) {
    faulty_fs fs([&, count = 0](call what, const char*) mutable {
      return what == call::seek && ++count == c.which ? std::errc::io_error : std::errc{};
    });
    const auto made = copy_from(fs, make(cases[3]));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().what, c.reported);
  }
}

TEST_F(sparse_test, reports_that_the_size_cannot_be_set) {
  faulty_fs fs([&](call what, const char*) {
    return what == call::truncate ? std::errc::file_too_large : std::errc{};
  });
  for (const policy how : {policy::automatic, policy::always}) {
    sparse = how;
    const auto made = copy_from(fs, make(cases[0]));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().what, operation::write_data);
  }
}

}  // namespace
}  // namespace copytree
