#include "countips/input/glob.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "cmd/countips/fake_files.h"
#include "support/temp_dir.h"

namespace countips {
namespace {

struct glob_case {
  const char* pattern;
  std::vector<std::string> paths;
};

const glob_case cases[] = {
    {"*.log", {"a.log", "b.log"}},
    {"./*.log", {"./a.log", "./b.log"}},
    {"?.log", {"a.log", "b.log"}},
    {"[!a].log", {"b.log"}},
    {"web*/access.log", {"web1/access.log", "web10/access.log"}},
    {"web*//access.log", {"web1//access.log", "web10//access.log"}},
    {"web1/*", {"web1/access.log.10", "web1/access.log.2", "web1/access.log"}},
    {"web1/.*", {"web1/.hidden"}},
    {"*/*.10", {"web1/access.log.10"}},
    {"web*", {"web1", "web10"}},
    {"web*/", {"web1/", "web10/"}},
    {"a.log/*", {}},
    {"nowhere/*", {}},
    {"x*", {}},
};

// The same on the real files and on those in memory.
class glob : public testing::Test {
 protected:
  glob() {
    for (const char* path : {"a.log", "b.log", ".c.log", "web1/access.log", "web1/access.log.2",
                             "web1/access.log.10", "web1/.hidden", "web10/access.log"}) {
      fake_.files[path] = {};
      const std::filesystem::path real = directory_.path() / path;
      std::filesystem::create_directories(real.parent_path());
      std::ofstream(real) << 'x';
    }
  }

  fake_files fake_;
  support::temp_dir directory_;
};

TEST_F(glob, finds_what_the_shell_would) {
  const std::string base = directory_.path().string() + '/';
  for (const glob_case& each : cases) {
    SCOPED_TRACE(each.pattern);
    std::vector<std::string> real;
    for (const std::string& path : each.paths) real.push_back(base + path);
    EXPECT_EQ(find_matches(base + each.pattern, system_files()).paths, real);
    const std::string_view pattern = each.pattern;
    if (!pattern.starts_with('.') && pattern.find("//") == std::string_view::npos) {
      EXPECT_EQ(find_matches(each.pattern, fake_).paths, each.paths);
    }
  }
}

TEST_F(glob, tells_of_folders_that_it_cannot_list) {
  fake_.unlistable["web1/"] = EACCES;
  const glob_result found = find_matches("web*/*", fake_);
  EXPECT_EQ(found.paths, std::vector<std::string>{"web10/access.log"});
  ASSERT_EQ(found.failures.size(), 1u);
  EXPECT_EQ(found.failures[0], (input_failure{"web1/", {failure::kind::list, EACCES}}));
}

TEST(is_pattern, looks_for_the_three_signs) {
  EXPECT_TRUE(is_pattern("a*"));
  EXPECT_TRUE(is_pattern("?"));
  EXPECT_TRUE(is_pattern("a[1]"));
  EXPECT_FALSE(is_pattern("a{1,2}]"));
}

}  // namespace
}  // namespace countips
