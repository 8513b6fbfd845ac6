// Copies that are read back from the disk.
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "par/locks/lock_guard.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::hard_link;
using support::symlink;
using testing::IsEmpty;

const support::tree sample = {
    file("f", "content"),
    file("empty"),
    dir("d"),
    file("d/g", "more"),
    hard_link("d/h", "f"),
    symlink("l", "f"),
    file("large", std::string(1'000'000, 'x')),
};
constexpr std::uint64_t files = 4;

options verifying() {
  options how;
  how.verify = true;
  return how;
}

TEST(verified_copy, finds_a_good_copy_right_and_changes_no_times) {
  for (const executor_kind& kind : backends()) {
    const playground ground(sample);
    const auto source = status_of(ground.source() + "/large");
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.executor = kind, .how = verifying()});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.verified, files);
    const auto copy = status_of(ground.copy() + "/large");
    EXPECT_EQ(source.st_atim.tv_sec, copy.st_atim.tv_sec);
    EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
  }
}

TEST(verified_copy, of_many_files_keeps_few_of_them_open) {
  support::tree tree;
  for (int i = 0; i < 300; ++i) tree.push_back(file("f" + std::to_string(i), std::to_string(i)));
  const playground ground(tree);
  options how = verifying();
  how.descriptors = 64;
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.how = how});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.what.verified, 300u);
}

// Writes something else than it was given, once, and says that all is well.
class bad_memory : public file_system {
 public:
  os_result<std::size_t> write(int file, std::span<const std::byte> data) override {
    if (data.size() != 7 || done_.exchange(true)) return file_system::write(file, data);
    const std::string other = "Content";
    return file_system::write(file, std::as_bytes(std::span(other)));
  }

 private:
  std::atomic<bool> done_{false};
};

TEST(verified_copy, names_the_file_that_differs_and_dates_it_so_that_no_run_takes_it_for_good) {
  const playground ground(sample);
  bad_memory fs;
  const copy_result result =
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = verifying()});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::content_differs);
  const std::string wrong = result.errors[0].destination;
  EXPECT_EQ(content_of(wrong), "Content");
  EXPECT_EQ(status_of(wrong).st_mtim.tv_sec, 0);
  EXPECT_EQ(result.what.errors, 1u);
  EXPECT_EQ(result.what.verified, files - 1);

  options again;
  again.only = update::same;
  EXPECT_THAT(copy_now({ground.source() + "/."}, ground.copy(), {.how = again}).errors, IsEmpty());
  EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
}

// Loses what was cloned or copied by the kernel.
class bad_kernel : public file_system {
  os_result<void> clone(int, int to) override { return file_system::truncate(to, 1); }
};

TEST(verified_copy, does_not_take_the_kernels_word) {
  const playground ground({file("large", std::string(1'000'000, 'x'))});
  bad_kernel fs;
  const copy_result result =
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = verifying()});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::content_differs);
}

struct verify_fault {
  call what;
  operation reported;
};

TEST(verified_copy, reports_what_keeps_it_from_reading_back) {
  for (const verify_fault& c : {verify_fault{call::sync_file_system, operation::sync},
                                {call::forget_cached, operation::read_back},
                                {call::read, operation::read_back}}) {
    const playground ground({file("f", "content")});
    std::atomic<bool> written{false};
    faulty_fs fs([&](call what, const char*) {
      if (what == call::set_mode) written = true;
      return what == c.what && written ? std::errc::io_error : std::errc{};
    });
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = verifying()});
    if (c.what == call::sync_file_system && fs.calls(c.what) == 0) continue;  // Synced one by one.
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, c.reported);
    EXPECT_EQ(result.errors[0].destination, ground.copy() + "/f");
    EXPECT_EQ(result.what.verified, 0u);
  }
}

TEST(verified_copy, reports_that_the_times_could_not_be_restored) {
  const playground ground({file("f", "content")});
  faulty_fs fs([&, count = std::make_shared<std::atomic<int>>(0)](call what, const char*) {
    // Of the file, of the directory, and again of the file.
    return what == call::set_times && ++*count == 3 ? std::errc::io_error : std::errc{};
  });
  const copy_result result =
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = verifying()});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::set_times);
}

TEST(verified_copy, that_is_stopped_does_not_read_on) {
  const playground ground({file("f", "content")});
  std::atomic<bool> stop{false};
  faulty_fs fs([&](call what, const char*) {
    if (what == call::set_mode) stop = true;
    return std::errc{};
  });
  const copy_result result = copy_now({ground.source() + "/f"}, ground.copy(),
                                      {.fs = &fs, .how = verifying(), .stop = &stop});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.what.verified, 0u);
  EXPECT_EQ(fs.calls(call::forget_cached), 0);
}

// Tells an observer the sums.
class sum_recorder final : public observer {
 public:
  void failed(const error&) override { ADD_FAILURE(); }
  void noted(const error&) override {}
  void copied(const std::string&, const std::string&) override {}
  void summed(const std::string& destination, const checksum& sum) override {
    const par::lock_guard lock(guard_);
    sums_[destination] = to_hex(sum);
  }
  [[nodiscard]] std::map<std::string, std::string> sums() const {
    const par::lock_guard lock(guard_);
    return sums_;
  }

 private:
  mutable par::mutex guard_;
  std::map<std::string, std::string> sums_ PAR_GUARDED_BY(guard_);
};

TEST(summed_copy, tells_the_sum_of_each_file_once) {
  const playground ground(sample);
  file_system fs;
  sum_recorder events;
  counters counts;
  const std::atomic<bool> never{false};
  const auto executor = make({"threads", 2});
  options how;
  how.sums = true;
  how.privileged = is_root();
  auto planned = plan_copy(fs, {.sources = {ground.source()}, .destination = ground.copy()});
  ASSERT_TRUE(planned);
  copy({fs, *executor, never, events, counts}, how, std::move(*planned));
  const auto sums = events.sums();
  EXPECT_EQ(sums.size(), files);
  // What "xxhsum -H2" says of them.
  EXPECT_EQ(sums.at(ground.copy() + "/empty"), "99aa06d3014798d86001c324468d497f");
}

}  // namespace
}  // namespace copytree
