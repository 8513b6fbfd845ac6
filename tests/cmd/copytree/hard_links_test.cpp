#include "copytree/run/hard_links.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "cmd/copytree/copying.h"
#include "par/pools/thread.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::file;
using support::hard_link;
using testing::IsEmpty;
using testing::SizeIs;

waiting_link name(const std::string& text) {
  return {.directory = nullptr, .source = text, .name = text, .type = 8};
}

link_source copied_to(const std::string& text) {
  return {.path = nullptr, .directory = {}, .directory_id = {}, .name = text};
}

constexpr file_id one = {.device = 1, .inode = 7};
constexpr file_id same_inode_elsewhere = {.device = 2, .inode = 7};

TEST(hard_links, the_first_copies_and_later_names_are_linked) {
  hard_links links(10);
  EXPECT_TRUE(std::holds_alternative<hard_links::copy_it>(links.claim(one, 3, name("a"))));
  EXPECT_THAT(links.complete(one, copied_to("a")), IsEmpty());
  const auto verdict = links.claim(one, 3, name("b"));
  ASSERT_TRUE(std::holds_alternative<link_source>(verdict));
  EXPECT_EQ(std::get<link_source>(verdict).name, "a");
}

TEST(hard_links, names_that_come_early_are_kept_for_the_first) {
  hard_links links(10);
  static_cast<void>(links.claim(one, 3, name("a")));
  EXPECT_TRUE(std::holds_alternative<hard_links::was_kept>(links.claim(one, 3, name("b"))));
  EXPECT_TRUE(std::holds_alternative<hard_links::was_kept>(links.claim(one, 3, name("c"))));
  EXPECT_THAT(links.complete(one, copied_to("a")), SizeIs(2));
}

TEST(hard_links, tell_devices_apart) {
  hard_links links(10);
  static_cast<void>(links.claim(one, 2, name("a")));
  EXPECT_TRUE(
      std::holds_alternative<hard_links::copy_it>(links.claim(same_inode_elsewhere, 2, name("b"))));
}

TEST(hard_links, after_a_failure_the_next_copies) {
  hard_links links(10);
  static_cast<void>(links.claim(one, 3, name("a")));
  static_cast<void>(links.claim(one, 3, name("b")));
  EXPECT_THAT(links.fail(one), SizeIs(1));
  EXPECT_TRUE(std::holds_alternative<hard_links::copy_it>(links.claim(one, 3, name("b"))));
}

// An inode that is reused after its last name was copied is another file.
TEST(hard_links, forget_a_file_once_all_its_names_are_seen) {
  hard_links links(10);
  static_cast<void>(links.claim(one, 2, name("a")));
  static_cast<void>(links.complete(one, copied_to("a")));
  EXPECT_TRUE(std::holds_alternative<link_source>(links.claim(one, 2, name("b"))));
  EXPECT_TRUE(std::holds_alternative<hard_links::copy_it>(links.claim(one, 2, name("c"))));
}

TEST(hard_links, whoever_finds_no_room_waits_for_the_copy) {
  hard_links links(0);
  static_cast<void>(links.claim(one, 2, name("a")));
  std::atomic<bool> linked{false};
  {
    par::thread other("other", [&] {
      linked = std::holds_alternative<link_source>(links.claim(one, 2, name("b")));
    });
    EXPECT_THAT(links.complete(one, copied_to("a")), IsEmpty());
  }
  EXPECT_TRUE(linked);
}

// Names of one file all over the tree, most of them found while the first is being copied.
TEST(copy_of_hard_links, joins_the_same_names_whatever_the_executor) {
  support::tree tree = {dir("a"), file("a/large", std::string(1'000'000, 'x')),
                        file("a/small", "x")};
  for (int i = 0; i < 30; ++i) {
    const std::string directory = "d" + std::to_string(i);
    tree.push_back(dir(directory));
    tree.push_back(hard_link(directory + "/large", "a/large"));
    tree.push_back(hard_link(directory + "/small", "a/small"));
    tree.push_back(hard_link("small" + std::to_string(i), "a/small"));
  }
  for (const executor_kind& kind : backends()) {
    SCOPED_TRACE(kind.name + " " + std::to_string(kind.threads));
    for (const std::size_t descriptors : {64, 10'000}) {  // Few leave no room for names to wait.
      const playground ground(tree);
      const copy_result result = copy_now({ground.source()}, ground.copy(),
                                          {.executor = kind, .how = {.descriptors = descriptors}});
      EXPECT_THAT(result.errors, IsEmpty());
      EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
      EXPECT_EQ(result.what.hard_links, 90u);
    }
  }
}

TEST(copy_of_hard_links, joins_operands_too) {
  const playground ground({file("a", "x"), hard_link("b", "a")});
  std::filesystem::create_directory(ground.copy());
  copy_now({ground.source() + "/a", ground.source() + "/b"}, ground.copy());
  EXPECT_EQ(status_of(ground.copy() + "/a").st_ino, status_of(ground.copy() + "/b").st_ino);
}

}  // namespace
}  // namespace copytree
