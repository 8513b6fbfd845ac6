// Which threads a count works on.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/count.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

// Notes who opens files: whoever does also reads and unpacks them.
class noting_files final : public file_system {
 public:
  explicit noting_files(fake_files& files) : files_(files) {}

  or_errno<file_info> look_up(const std::string& path) override { return files_.look_up(path); }
  or_errno<std::vector<std::string>> list(const std::string& path) override {
    return files_.list(path);
  }
  or_errno<std::unique_ptr<source>> open(const std::string& path) override {
    const par::lock_guard lock(guard_);
    openers_.insert(std::this_thread::get_id());
    return files_.open(path);
  }
  or_errno<std::unique_ptr<source>> open_standard_input() override { return open("-"); }
  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override {
    return files_.watch(paths);
  }

  std::set<std::thread::id> openers() {
    const par::lock_guard lock(guard_);
    return openers_;
  }

 private:
  fake_files& files_;
  par::mutex guard_;
  std::set<std::thread::id> openers_ PAR_GUARDED_BY(guard_);
};

// A count on one thread is one: the caller would be a second.
TEST(count_threads, are_those_of_the_executor_only) {
  fake_files files;
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) {
    names.push_back("log" + std::to_string(i));
    files.files[names.back()] = {.content = gzip("192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] x\n")};
  }
  noting_files noting(files);
  par::thread_pool on(1);
  const std::atomic<bool> stop{false};
  count_progress progress;
  EXPECT_EQ(count({}, names, noting, on, stop, progress).rows,
            (std::vector<report_row>{{"2024-06-09", 20, 1}}));
  EXPECT_EQ(noting.openers().size(), 1u);
  EXPECT_FALSE(noting.openers().contains(std::this_thread::get_id()));
}

}  // namespace
}  // namespace countips
