#include "copytree/data/copy_data.h"

#include <gmock/gmock.h>

#include <span>
#include <string>

#include "cmd/copytree/data_copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

class data_test : public testing::Test, protected data_ground {};

constexpr std::size_t sizes[] = {0,       1,       4'095,     4'096,     262'143,
                                 262'144, 262'145, 1'000'000, 8'388'608, 8'388'609};

TEST_F(data_test, copies_every_size) {
  for (const std::size_t size : sizes) {
    SCOPED_TRACE(size);
    file_system fs;
    const std::string content = pattern(size);
    EXPECT_EQ(bytes_of(copy(fs, content)), size);
    EXPECT_TRUE(copied() == content);
    EXPECT_EQ(done, size);
  }
}

TEST_F(data_test, a_small_file_takes_one_read_and_one_write) {
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  methods.clone_refused = true;
  EXPECT_EQ(bytes_of(copy(fs, pattern(4'096))), 4'096u);
  EXPECT_EQ(fs.calls(call::read), 1);
  EXPECT_EQ(fs.calls(call::write), 1);
}

// In the middle of a file, after some of it has been copied.
TEST_F(data_test, goes_on_by_hand_where_the_kernel_gave_up) {
  methods.clone_refused = true;
  faulty_fs fs([count = 0](call what, const char*) mutable {
    return what == call::copy_range && ++count > 1 ? std::errc::io_error : std::errc{};
  });
  const std::string content = pattern(20'000'000);
  EXPECT_EQ(bytes_of(copy(fs, content)), content.size());
  EXPECT_TRUE(copied() == content);
  EXPECT_EQ(moved, content.size());
  EXPECT_EQ(done, content.size());
}

class range_that_ends_early final : public file_system {
  os_result<std::size_t> copy_range(int, int, std::size_t) override { return 0; }
};

TEST_F(data_test, does_not_believe_an_early_end) {
  methods.clone_refused = true;
  range_that_ends_early fs;
  const std::string content = pattern(1'000'000);
  EXPECT_EQ(bytes_of(copy(fs, content)), content.size());
  EXPECT_TRUE(copied() == content);
}

class slow_fs final : public file_system {
  os_result<std::size_t> read(int file, std::span<std::byte> buffer) override {
    return file_system::read(file, buffer.first(std::min<std::size_t>(buffer.size(), 7)));
  }
  os_result<std::size_t> write(int file, std::span<const std::byte> data) override {
    return file_system::write(file, data.first(std::min<std::size_t>(data.size(), 3)));
  }
};

TEST_F(data_test, survives_short_reads_and_writes) {
  slow_fs fs;
  methods.clone_refused = true;
  const std::string content = pattern(10'000);
  EXPECT_EQ(bytes_of(copy(fs, content)), content.size());
  EXPECT_TRUE(copied() == content);
}

// The size is from before the copy: the file may have shrunk or grown since, or be one of /proc.
TEST_F(data_test, copies_what_is_there_whatever_the_size_was) {
  for (const off_t size : {0, 1, 299'999, 300'001, 10'000'000}) {
    SCOPED_TRACE(size);
    for (const blkcnt_t blocks : {0, 1'000'000}) {  // The former looks like a file of holes.
      file_system fs;
      methods.clone_refused = true;
      size_hint.emplace();
      size_hint->st_mode = S_IFREG;
      size_hint->st_size = size;
      size_hint->st_blocks = blocks;
      const std::string content = pattern(300'000);
      const auto made = copy(fs, content);
      ASSERT_TRUE(made);
      // Of a file with holes, only what was there at first.
      const bool by_holes = blocks == 0 && size >= 512;
      const std::size_t wanted =
          by_holes ? std::min<std::size_t>(static_cast<std::size_t>(size), content.size())
                   : content.size();
      EXPECT_TRUE(copied() == content.substr(0, wanted));
    }
  }
}

struct data_fault {
  call what;
  operation reported;
};

TEST_F(data_test, tells_reading_from_writing) {
  for (const data_fault& c : {data_fault{call::read, operation::read_data},
                              data_fault{call::write, operation::write_data}}) {
    methods.clone_refused = methods.range_refused = true;
    faulty_fs fs(
        [&](call what, const char*) { return what == c.what ? std::errc::io_error : std::errc{}; });
    const auto made = copy(fs, pattern(1'000));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().what, c.reported);
    EXPECT_EQ(made.error().reason, std::errc::io_error);
    EXPECT_FALSE(made.error().stopped());
  }
}

TEST_F(data_test, stops_between_two_pieces) {
  methods.clone_refused = true;
  faulty_fs fs([&](call what, const char*) {
    if (what == call::copy_range) stop = true;
    return std::errc{};
  });
  const auto made = copy(fs, pattern(20'000'000));
  ASSERT_FALSE(made);
  EXPECT_TRUE(made.error().stopped());
  EXPECT_EQ(fs.calls(call::copy_range), 1);
}

TEST_F(data_test, finds_its_way_where_holes_cannot_be_told) {
  support::make_tree(path(""), {{.path = "sparse",
                                 .kind = support::tree_kind::sparse_file,
                                 .content = "data",
                                 .hole = 1'000'000}});
  methods.clone_refused = true;
  faulty_fs fs([](call what, const char*) {
    return what == call::seek ? std::errc::invalid_argument : std::errc{};
  });
  EXPECT_EQ(bytes_of(copy_from(fs, path("sparse"))), 2'000'004u);
  EXPECT_TRUE(copied() == content_of(path("sparse")));
}

class clone_that_works final : public file_system {
  os_result<void> clone(int from, int to) override {
    while (true) {
      const auto copied = file_system::copy_range(from, to, 1 << 20);
      if (!copied) return par::unexpected<std::errc>(copied.error());
      if (*copied == 0) return {};
    }
  }
};

class no_clone : public file_system {
  os_result<void> clone(int, int) override {
    return par::unexpected<std::errc>(std::errc::not_supported);
  }
};

TEST_F(data_test, tells_by_which_means_it_came_across) {
  clone_that_works cloning;
  no_clone plain;
  const std::string content = pattern(1'000'000);
  auto made = copy(cloning, content);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->how.reflink, means::yes);
  EXPECT_EQ(made->how.offload, means::unknown);
  EXPECT_EQ(moved, 0);
  EXPECT_EQ(done, content.size());
  made = copy(plain, content);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->how.reflink, means::unsupported);
  EXPECT_EQ(made->how.offload, means::yes);
  reflink = policy::never;
  made = copy(cloning, content);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->how.reflink, means::no);
  EXPECT_EQ(made->how.offload, means::avoided);
}

// The sum is that of the content, whoever has read it.
TEST_F(data_test, sums_what_it_copies_by_any_means) {
  summed = true;
  clone_that_works cloning;
  no_clone plain;
  for (const std::size_t size : sizes) {
    SCOPED_TRACE(size);
    const std::string content = pattern(size);
    checksummer wanted;
    wanted.add(std::as_bytes(std::span(content)));
    for (file_system* fs :
         {static_cast<file_system*>(&cloning), static_cast<file_system*>(&plain)}) {
      const auto made = copy(*fs, content);
      ASSERT_TRUE(made);
      EXPECT_EQ(made->sum, wanted.result());
      EXPECT_TRUE(copied() == content);
    }
  }
}

TEST_F(data_test, sums_as_xxhsum_does) {
  checksummer sum;
  const std::string text = "hello\n";
  sum.add(std::as_bytes(std::span(text)));
  EXPECT_EQ(to_hex(sum.result()), "6bba86c7e069f56d5a10b435f1c8e49c");
  EXPECT_EQ(to_hex({.high = 1, .low = 0xabc}), "00000000000000010000000000000abc");
}

}  // namespace
}  // namespace copytree
