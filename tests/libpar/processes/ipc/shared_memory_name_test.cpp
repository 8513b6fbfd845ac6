#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "par/processes/shared_memory.h"
#include "victims.h"

namespace par {
namespace {

std::string name_for(const char* what) {
  return "par_test_" + std::to_string(::getpid()) + '_' + what;
}

bool is_there(const std::string& name) {
  return std::filesystem::exists("/dev/shm/" + name);
}

template <class F>
void expect_error(std::errc want, F f) {
  try {
    f();
    FAIL() << "nothing thrown";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), want) << error.what();
  }
}

TEST(shared_memory_name, is_found_by_others) {
  const std::string name = name_for("found");
  const shared_memory made = shared_memory::create(name, 10'000);
  process child = process::fork([&name] {
    const shared_memory found = shared_memory::open(name);
    found.data()[found.size() - 1] = std::byte{3};
  });
  child.join();
  EXPECT_EQ(made.size(), 10'000);
  EXPECT_EQ(made.data()[9'999], std::byte{3});
  expect_error(std::errc::file_exists, [&] { return shared_memory::create(name, 1); });
  EXPECT_TRUE(shared_memory::unlink(name));
  EXPECT_FALSE(shared_memory::unlink(name));
  expect_error(std::errc::no_such_file_or_directory, [&] { return shared_memory::open(name); });
  EXPECT_EQ(made.data()[9'999], std::byte{3}) << "the memory stays";
}

TEST(shared_memory_name, outlives_who_opened_it) {
  const std::string name = name_for("outlives");
  const shared_memory made = shared_memory::create(name, 1);
  run_and_die([&] { static_cast<void>(shared_memory::open(name)); });
  EXPECT_TRUE(is_there(name));
  EXPECT_TRUE(shared_memory::unlink(name));
}

TEST(shared_memory_name, goes_with_its_creator_however_that_ends) {
  const std::string name = name_for("goes");
  for (const bool killed : {true, false}) {
    process child = process::fork([&] {
      const shared_memory first = shared_memory::create(name + '1', 1);
      const shared_memory second = shared_memory::create(name + '2', 1);
      if (!is_there(name + '1') || !is_there(name + '2')) return 1;
      if (killed) std::raise(SIGKILL);
      return 2;
    });
    child.join();
    EXPECT_EQ(child.status()->code().value_or(SIGKILL), killed ? SIGKILL : 2);
    EXPECT_TRUE(soon([&] { return !is_there(name + '1') && !is_there(name + '2'); }));
  }
}

TEST(shared_memory_name, that_is_wanted_twice_goes_with_the_first) {
  const std::string name = name_for("twice");
  const int answer = answer_of([&] {
    const shared_memory first = shared_memory::create(name, 1);
    try {
      static_cast<void>(shared_memory::create(name, 1));
    } catch (const std::system_error&) {
      return is_there(name) ? 0 : 1;
    }
    return 2;
  });
  EXPECT_EQ(answer, 0);
  EXPECT_TRUE(soon([&] { return !is_there(name); }));
}

// Not even while a child lives that was forked after it was made.
TEST(shared_memory_name, does_not_wait_for_children_of_its_creator) {
  const std::string name = name_for("children");
  auto [mine, other] = pipe();
  process child = process::fork([&name, &end = other] {
    const shared_memory made = shared_memory::create(name, 1);
    const process grandchild = process::fork([&end] { static_cast<void>(end.recv<bool>()); });
    std::raise(SIGKILL);
  });
  child.join();
  EXPECT_TRUE(soon([&] { return !is_there(name); }));
  mine.send(true);
}

TEST(shared_memory_name, that_somebody_else_made_again_stays) {
  const std::string name = name_for("again");
  auto [mine, other] = pipe();
  process child = process::fork([&name, &end = other] {
    const shared_memory made = shared_memory::create(name, 1);
    const shared_memory witness = shared_memory::create(name + '2', 1);
    end.send(true);
    for (;;) ::pause();
  });
  static_cast<void>(mine.recv<bool>());
  EXPECT_TRUE(shared_memory::unlink(name));
  const shared_memory own = shared_memory::create(name, 1);
  child.kill();
  EXPECT_TRUE(soon([&] { return !is_there(name + '2'); }));
  EXPECT_TRUE(is_there(name));
  EXPECT_TRUE(shared_memory::unlink(name));
}

// The keeper holds no file of its creator: the end of a pipe comes.
TEST(shared_memory_name, keeps_no_files_open) {
  const std::string name = name_for("files");
  auto [mine, other] = pipe();
  const shared_memory made = shared_memory::create(name, 1);
  other.close();
  EXPECT_THROW(static_cast<void>(mine.recv<bool>()), end_of_stream);
  EXPECT_TRUE(shared_memory::unlink(name));
}

TEST(shared_memory_name, is_checked) {
  for (const std::string& bad : {std::string(), std::string("a/b"), std::string(".."),
                                 std::string(300, 'x'), std::string("a\0b", 3)}) {
    EXPECT_THROW(static_cast<void>(shared_memory::create(bad, 1)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(shared_memory::open(bad)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(shared_memory::unlink(bad)), std::invalid_argument);
  }
  EXPECT_THROW(static_cast<void>(shared_memory::create(name_for("empty"), 0)),
               std::invalid_argument);
}

TEST(shared_memory_name, of_a_full_directory_is_an_error) {
  const int answer = answer_of([] {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", "/dev/shm", "tmpfs", 0, "size=64k") != 0) {
      return 7;
    }
    try {
      static_cast<void>(shared_memory::create("large", 100'000));
    } catch (const std::system_error& error) {
      if (error.code() != std::errc::no_space_on_device) return 1;
      const shared_memory small = shared_memory::create("small", 50'000);  // Nothing was left over.
      return shared_memory::unlink("small") ? 0 : 2;
    }
    return 3;
  });
  if (answer == 7) GTEST_SKIP() << "may not mount";
  EXPECT_EQ(answer, 0);
}

}  // namespace
}  // namespace par
