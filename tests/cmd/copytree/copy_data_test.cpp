#include "copytree/copy_data.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "copytree/descriptor.h"

namespace copytree {
namespace {

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

// A file with this content, copied through a file system.
class data_test : public testing::Test {
 protected:
  par::expected<std::uint64_t, data_error> copy(file_system& fs, const std::string& content) {
    support::make_tree(ground_.source(), {support::file("f" + std::to_string(++files_), content)});
    from_ = ground_.source() + "/f" + std::to_string(files_);
    to_ = from_ + " copy";
    return copy_from(fs, from_);
  }

  par::expected<std::uint64_t, data_error> copy_from(file_system& fs, const std::string& path) {
    to_ = ground_.path("copy" + std::to_string(++files_));
    const descriptor source(fs, ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const descriptor made(fs, ::open(to_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    const file_status status = size_hint_ ? *size_hint_ : *file_system().status(source.get());
    counters counts;
    file_progress progress(counts);
    const auto result = copy_data(fs, source.get(), made.get(), status, methods_, progress, stop_);
    moved_ = counts.copied.bytes_moved;
    done_ = counts.under_way;
    return result;
  }

  [[nodiscard]] std::string copied() const { return content_of(to_); }

  playground ground_;
  std::string from_;
  std::string to_;
  int files_ = 0;
  std::optional<file_status> size_hint_;
  copy_methods methods_;
  std::uint64_t moved_ = 0;  // Read and written.
  std::uint64_t done_ = 0;   // With what had not to be.
  std::atomic<bool> stop_{false};
};

constexpr std::size_t sizes[] = {0,       1,       4'095,     4'096,     262'143,
                                 262'144, 262'145, 1'000'000, 8'388'608, 8'388'609};

TEST_F(data_test, copies_every_size) {
  for (const std::size_t size : sizes) {
    SCOPED_TRACE(size);
    file_system fs;
    const std::string content = pattern(size);
    EXPECT_EQ(copy(fs, content), size);
    EXPECT_TRUE(copied() == content);
    EXPECT_EQ(done_, size);
  }
}

TEST_F(data_test, a_small_file_takes_one_read_and_one_write) {
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  methods_.clone_refused = true;
  EXPECT_EQ(copy(fs, pattern(4'096)), 4'096u);
  EXPECT_EQ(fs.calls(call::read), 1);
  EXPECT_EQ(fs.calls(call::write), 1);
}

struct fallback_case {
  std::errc reason;
  bool remembered;  // Not tried again for the next file.
};

const fallback_case fallbacks[] = {
    {std::errc::cross_device_link, true},
    {std::errc::invalid_argument, true},
    {std::errc::not_supported, true},
    {std::errc::function_not_supported, true},
    {std::errc::inappropriate_io_control_operation, true},
    {std::errc::operation_not_permitted, true},
    {std::errc::text_file_busy, false},
    {std::errc::file_too_large, false},
    {std::errc::io_error, false},
    {std::errc::not_enough_memory, false},
};

TEST_F(data_test, reads_and_writes_where_the_kernel_will_not_copy) {
  for (const fallback_case& c : fallbacks) {
    SCOPED_TRACE(static_cast<int>(c.reason));
    methods_.clone_refused = methods_.range_refused = false;
    faulty_fs fs([&](call what, const char*) {
      return what == call::clone || what == call::copy_range ? c.reason : std::errc{};
    });
    const std::string content = pattern(1'000'000);
    for (int file = 0; file < 2; ++file) {
      EXPECT_EQ(copy(fs, content), content.size());
      EXPECT_TRUE(copied() == content);
    }
    EXPECT_EQ(fs.calls(call::clone), c.remembered ? 1 : 2);
    EXPECT_EQ(fs.calls(call::copy_range), c.remembered ? 1 : 2);
  }
}

// In the middle of a file, after some of it has been copied.
TEST_F(data_test, goes_on_by_hand_where_the_kernel_gave_up) {
  methods_.clone_refused = true;
  faulty_fs fs([count = 0](call what, const char*) mutable {
    return what == call::copy_range && ++count > 1 ? std::errc::io_error : std::errc{};
  });
  const std::string content = pattern(20'000'000);
  EXPECT_EQ(copy(fs, content), content.size());
  EXPECT_TRUE(copied() == content);
  EXPECT_EQ(moved_, content.size());
  EXPECT_EQ(done_, content.size());
}

class range_that_ends_early final : public file_system {
  os_result<std::size_t> copy_range(int, int, std::size_t) override { return 0; }
};

TEST_F(data_test, does_not_believe_an_early_end) {
  methods_.clone_refused = true;
  range_that_ends_early fs;
  const std::string content = pattern(1'000'000);
  EXPECT_EQ(copy(fs, content), content.size());
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
  methods_.clone_refused = true;
  const std::string content = pattern(10'000);
  EXPECT_EQ(copy(fs, content), content.size());
  EXPECT_TRUE(copied() == content);
}

// The size is from before the copy: the file may have shrunk or grown since, or be one of /proc.
TEST_F(data_test, copies_what_is_there_whatever_the_size_was) {
  for (const off_t size : {0, 1, 299'999, 300'001, 10'000'000}) {
    SCOPED_TRACE(size);
    for (const blkcnt_t blocks : {0, 1'000'000}) {  // The former looks like a file of holes.
      file_system fs;
      methods_.clone_refused = true;
      size_hint_.emplace();
      size_hint_->st_size = size;
      size_hint_->st_blocks = blocks;
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
    methods_.clone_refused = methods_.range_refused = true;
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
  methods_.clone_refused = true;
  faulty_fs fs([&](call what, const char*) {
    if (what == call::copy_range) stop_ = true;
    return std::errc{};
  });
  const auto made = copy(fs, pattern(20'000'000));
  ASSERT_FALSE(made);
  EXPECT_TRUE(made.error().stopped());
  EXPECT_EQ(fs.calls(call::copy_range), 1);
}

TEST_F(data_test, finds_its_way_where_holes_cannot_be_told) {
  support::make_tree(ground_.source(), {{.path = "sparse",
                                         .kind = support::tree_kind::sparse_file,
                                         .content = "data",
                                         .hole = 1'000'000}});
  methods_.clone_refused = true;
  faulty_fs fs([](call what, const char*) {
    return what == call::seek ? std::errc::invalid_argument : std::errc{};
  });
  EXPECT_EQ(copy_from(fs, ground_.source() + "/sparse"), 2'000'004u);
  EXPECT_TRUE(copied() == content_of(ground_.source() + "/sparse"));
}

}  // namespace
}  // namespace copytree
