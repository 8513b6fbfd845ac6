// That progress is told truly: what is counted ahead and what is counted as done are the same.
#include <gmock/gmock.h>
#include <sched.h>

#include <chrono>
#include <string>

#include "cli/progress_meter.h"
#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "copytree/shell/copy_progress.h"
#include "support/random_tree.h"

namespace copytree {
namespace {

using namespace std::chrono_literals;
using support::dir;
using support::file;
using support::hard_link;
using support::symlink;
using testing::IsEmpty;
using testing::StartsWith;

// Settling what is lost goes on beside the copy, and may take a moment longer.
template <class Condition>
void await(Condition done) {
  const auto until = std::chrono::steady_clock::now() + 30s;
  while (!done() && std::chrono::steady_clock::now() < until) ::sched_yield();
}

// Copies while the sources are counted ahead, and checks that both come to the same.
copy_result copy_counted(const playground& ground, counters& counts, copy_setup with = {}) {
  file_system real;
  auto planned = plan_copy(real, {.sources = {ground.source()}, .destination = ground.copy()});
  source_count counting(real, with.how, *planned, counts);
  counting.start();
  counting.start();
  // Counted first, so that the copy cannot change what is there to be found.
  await([&] { return !counts.counting; });
  with.counts = &counts;
  copy_result result = carry_out(std::move(*planned), with);
  await([&] { return counts.settled.entries() >= counts.found.entries(); });
  EXPECT_EQ(counts.settled.entries(), counts.found.entries());
  EXPECT_EQ(counts.settled.bytes(), counts.found.bytes());
  EXPECT_EQ(counts.under_way, 0u);
  return result;
}

TEST(copy_progress, of_random_trees_ends_at_what_was_found) {
  for (std::uint32_t seed = 40; seed < 45; ++seed) {
    SCOPED_TRACE(seed);
    const playground ground(support::random_tree(seed, 200));
    for (const executor_kind& kind : backends()) {
      counters counts;
      EXPECT_THAT(copy_counted(ground, counts, {.executor = kind}).errors, IsEmpty());
      EXPECT_EQ(counts.found.entries(), names_below(ground.source()).size() + 1);
      EXPECT_EQ(counts.settled.bytes(), counts.copied.bytes);
      EXPECT_LT(counts.copied.bytes_moved, counts.copied.bytes) << "holes are not moved";
      std::filesystem::rename(ground.copy(), ground.path(kind.name + std::to_string(kind.threads)));
    }
    counters dry;
    copy_counted(ground, dry, {.how = {.dry_run = true}});
    EXPECT_EQ(dry.copied.bytes_moved, 0u);
  }
}

TEST(copy_progress, over_an_older_copy_ends_at_what_was_found) {
  if (!is_root()) GTEST_SKIP() << "needs to write into copies of 0555 directories";
  const playground ground(support::random_tree(46, 200));
  for (int i = 0; i < 2; ++i) {
    counters counts;
    copy_counted(ground, counts);
    std::filesystem::create_directory(ground.path("under"));
    std::filesystem::rename(ground.copy(), ground.path("under/source"));
    std::filesystem::rename(ground.path("under"), ground.copy());
    counters again;
    EXPECT_THAT(copy_counted(ground, again).errors, IsEmpty());
    std::filesystem::remove_all(ground.copy());
  }
}

TEST(copy_progress, counts_each_name_where_links_are_not_kept) {
  const playground ground({file("a", "12345"), hard_link("b", "a"), hard_link("c", "a")});
  counters counts;
  copy_counted(ground, counts);
  EXPECT_EQ(counts.found.bytes(), 5u);
  tally apart;
  for (const char* name : {"a", "b", "c"}) {
    apart.add_entry(status_of(ground.source() + "/" + name), false);
  }
  EXPECT_EQ(apart.bytes(), 15u);
}

// Whatever is refused in the destination takes all that is below it along.
TEST(copy_progress, with_directories_that_are_lost_ends_at_what_was_found) {
  const playground ground({dir("a"), dir("a/b"), file("a/b/f", "123"), symlink("a/b/l", "x"),
                           dir("c"), file("c/f", "12345"), file("g", "1234567")});
  support::make_tree(ground.path(""),
                     {dir("copy"), dir("copy/source"), file("copy/source/a"), dir("copy/source/g"),
                      dir("copy/source/c"), dir("copy/source/c/f")});
  counters counts;
  const copy_result result = copy_counted(ground, counts);
  EXPECT_EQ(result.errors.size(), 3u);
  EXPECT_EQ(counts.settled.entries(), 8u);
  EXPECT_EQ(counts.settled.bytes(), 15u);
}

// Each kind of call fails now and then.
TEST(copy_progress, with_errors_ends_at_what_was_found) {
  const support::tree tree = support::random_tree(47, 60);
  for (int kind = 0; kind < static_cast<int>(call::count_of_calls); ++kind) {
    SCOPED_TRACE(kind);
    // Not those that hide what is there from the copy alone.
    if (static_cast<call>(kind) == call::read_entries) continue;
    if (static_cast<call>(kind) == call::status_at) continue;
    const playground ground(tree);
    faulty_fs fs([&, count = std::make_shared<std::atomic<int>>(0)](call made, const char*) {
      const bool fails = static_cast<int>(made) == kind && ++*count % 5 == 0;
      return fails ? std::errc::io_error : std::errc{};
    });
    counters counts;
    copy_counted(ground, counts, {.fs = &fs});
  }
}

// At each call of a copy somebody looks: nothing ever falls, and nothing is done before it is
// there.
TEST(copy_progress, shown_never_falls) {
  support::tree tree = support::random_tree(48, 100);
  tree.push_back(file("long", std::string(3'000'000, 'x')));
  tree.push_back(hard_link("long link", "long"));
  for (const bool with_errors : {false, true}) {
    const playground ground(tree);
    file_system real;
    auto planned = plan_copy(real, {.sources = {ground.source()}, .destination = ground.copy()});
    counters counts;
    copy_progress progress(real, {}, *planned, counts);
    cli::progress_meter meter;
    cli::progress_sample before;
    int percent = 0;
    const auto look = [&] {
      const cli::progress_sample now = progress.sample();
      EXPECT_GE(now.items, before.items);
      EXPECT_GE(now.bytes, before.bytes);
      EXPECT_GE(now.bytes_moved, before.bytes_moved);
      EXPECT_GE(now.items_total, now.items);
      EXPECT_GE(now.bytes_total, now.bytes);
      const auto figures = meter.update(now, 0s);
      EXPECT_GE(figures.percent.value_or(percent), percent);
      percent = figures.percent.value_or(percent);
      before = now;
    };
    faulty_fs fs([&, count = 0](call what, const char*) mutable {
      look();
      const bool fails = with_errors && what == call::write && ++count % 3 == 0;
      return fails ? std::errc::no_space_on_device : std::errc{};
    });
    carry_out(std::move(*planned), {.fs = &fs, .executor = {"serial", 1}, .counts = &counts});
    progress.complete();
    look();
    EXPECT_EQ(before.items_total, before.items);
    EXPECT_EQ(before.bytes_total, before.bytes);
    EXPECT_FALSE(before.counting);
    EXPECT_EQ(percent, 100);
    EXPECT_THAT(before.current, StartsWith(ground.source()));
  }
}

// The copy was faster than the counting, or the sources have changed in between.
TEST(copy_progress, once_complete_has_true_totals) {
  const playground ground({file("f", "12345"), dir("d")});
  file_system real;
  auto planned = plan_copy(real, {.sources = {ground.source()}, .destination = ground.copy()});
  counters counts;
  copy_progress progress(real, {}, *planned, counts);
  carry_out(std::move(*planned), {.counts = &counts});
  progress.complete();
  const cli::progress_sample last = progress.sample();
  EXPECT_EQ(last.items, 3u);
  EXPECT_EQ(last.items_total, 3u);
  EXPECT_EQ(last.bytes, 5u);
  EXPECT_EQ(last.bytes_total, 5u);
  EXPECT_FALSE(last.counting);
}

TEST(copy_progress, that_nobody_looks_at_counts_nothing_ahead) {
  const playground ground({file("f", "x")});
  file_system real;
  auto planned = plan_copy(real, {.sources = {ground.source()}, .destination = ground.copy()});
  counters counts;
  const copy_progress progress(real, {}, *planned, counts);
  carry_out(std::move(*planned), {.counts = &counts});
  EXPECT_EQ(counts.found.entries(), 0u);
  EXPECT_FALSE(counts.watched);
  EXPECT_EQ(counts.current.get(), "");
}

TEST(first_names, forgets_a_file_with_its_last_name) {
  first_names names;
  const file_id id{.device = 1, .inode = 2};
  EXPECT_TRUE(names.is_first(id, 3));
  EXPECT_FALSE(names.is_first(id, 3));
  EXPECT_FALSE(names.is_first(id, 3));
  EXPECT_TRUE(names.is_first(id, 3)) << "another file may have the number by now";
}

}  // namespace
}  // namespace copytree
