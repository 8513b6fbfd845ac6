// Random trees with everything in them that a tree can have, on several file systems.
#include <gmock/gmock.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "support/mounted.h"
#include "support/random_tree.h"
#include "support/run.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using testing::IsEmpty;

constexpr std::uint32_t trees = 200;
constexpr std::uint32_t trees_per_test = 5;
constexpr std::size_t entries_per_tree = 80;

struct where {
  std::string kind;  // Of the file system; empty: whichever temporary files are on.
  std::uint32_t first_seed = 0;

  friend void PrintTo(const where& what, std::ostream* to) {
    *to << what.kind << " from " << what.first_seed;
  }
};

// All of the trees go where temporary files do, unless a sanitizer makes each take
// seconds; and onto other file systems in the stress test, which is a program of its own.
// Otherwise, a sample of them.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint32_t trees_here = trees / 5;
#else
constexpr std::uint32_t trees_here = trees;
#endif
#ifdef ALL_TREES
constexpr std::uint32_t trees_elsewhere = trees;
#else
constexpr std::uint32_t trees_elsewhere = trees_per_test;
#endif

std::vector<where> everywhere() {
  std::vector<where> all;
  for (const char* kind : {"", "tmpfs", "ext4", "xfs"}) {
    const std::uint32_t wanted = *kind == '\0' ? trees_here : trees_elsewhere;
    for (std::uint32_t seed = 0; seed < wanted; seed += trees_per_test) all.push_back({kind, seed});
  }
  return all;
}

std::string name_of(const testing::TestParamInfo<where>& test) {
  const std::string& kind = test.param.kind;
  return (kind.empty() ? "here" : kind) + "_" + std::to_string(test.param.first_seed);
}

class copy_of_everything : public testing::TestWithParam<where> {
 protected:
  void SetUp() override {
    if (GetParam().kind.empty()) return;
    mounted_.emplace(GetParam().kind);
    if (!mounted_->problem().empty()) GTEST_SKIP() << mounted_->problem();
  }

  // A new directory on the file system, which goes with it.
  [[nodiscard]] std::filesystem::path ground(const std::string& name) const {
    const auto path = (mounted_ ? mounted_->path() : temp_.path()) / name;
    std::filesystem::create_directory(path);
    return path;
  }

 private:
  support::temp_dir temp_;
  std::optional<support::mounted> mounted_;
};

// Each copy is made of the one before: what one of them loses cannot come back, and no source is
// read twice, which would change its times of access.
TEST_P(copy_of_everything, is_the_same_with_1_2_and_7_threads) {
  const support::tree_means means = support::means_in(ground("means"));
  for (std::uint32_t seed = GetParam().first_seed; seed < GetParam().first_seed + trees_per_test;
       ++seed) {
    const std::filesystem::path place = ground(std::to_string(seed));
    std::filesystem::create_directory(place / "0");
    support::make_tree(place / "0", support::random_tree(seed, entries_per_tree, means));
    const support::tree_facts wanted(place / "0");
    std::string from = "0";
    for (const std::size_t threads : {1, 2, 7}) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", threads " + std::to_string(threads));
      const std::string to = std::to_string(threads);
      const copy_result result =
          copy_now({(place / from).string()}, (place / to).string(),
                   {.executor = {"threads", threads}, .how = {.descriptors = 256}});
      EXPECT_THAT(result.errors, IsEmpty());
      EXPECT_THAT(support::differences(wanted, support::tree_facts(place / to)), IsEmpty());
      from = to;
    }
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(random_trees, copy_of_everything, testing::ValuesIn(everywhere()),
                         name_of);

TEST(copy_of_random_trees, looks_the_same_to_rsync) {
  const playground ground;
  support::tree_means means = support::means_in(ground.path(""));
  means.long_paths = false;  // Beyond rsync.
  const std::string flags = ::geteuid() == 0 ? "-naHAXSi" : "-nrlptHAXSi";
  for (std::uint32_t seed = 1'000; seed < 1'010; ++seed) {
    SCOPED_TRACE(seed);
    const std::string source = ground.path(std::to_string(seed));
    std::filesystem::create_directory(source);
    support::make_tree(source, support::random_tree(seed, 200, means));
    EXPECT_THAT(copy_now({source}, source + ".copy").errors, IsEmpty());
    const support::run_result seen = support::run(
        {"sh", "-c", "command -v rsync >/dev/null || exit 77; exec rsync \"$@\"", "sh", flags,
         "--specials", "--checksum", "--delete", source + "/", source + ".copy/"});
    if (seen.status == 77) GTEST_SKIP() << "no rsync";
    EXPECT_EQ(seen.status, 0) << seen.err;
    EXPECT_EQ(seen.out, "");
  }
}

}  // namespace
}  // namespace copytree
