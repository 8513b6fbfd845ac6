#include "copytree/shell/manifest.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"

namespace copytree {
namespace {

const checksum one{.high = 0, .low = 1};
const std::string digits = "00000000000000000000000000000001";

struct line_case {
  std::string name;
  std::string line;
};

TEST(manifest_line, is_as_xxhsum_reads_it) {
  const line_case cases[] = {
      {"a/b", digits + "  a/b\n"},
      {" two  spaces ", digits + "   two  spaces \n"},
      {"back\\slash", digits + "  back\\slash\n"},
      {"new\nline", "\\" + digits + "  new\\nline\n"},
      {"new\r\n\\line", "\\" + digits + "  new\\r\\n\\\\line\n"},
      {"\xff\xfe", digits + "  \xff\xfe\n"},
  };
  for (const line_case& c : cases) EXPECT_EQ(manifest_line(c.name, one), c.line);
}

// However little memory it has.
TEST(manifest, is_sorted_by_name) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i) names.push_back("f" + std::to_string(i * 7919 % 500));
  names.insert(names.end(), {"a/b", "a", "a!", "a/", "new\nline", ""});
  std::string wanted;
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  for (const std::string& name : sorted) wanted += manifest_line(name, one);
  for (const std::size_t memory : {0u, 1'000u, 10'000u, 1'000'000u}) {
    SCOPED_TRACE(memory);
    const playground ground;
    manifest made(ground.path("sums"), memory);
    ASSERT_TRUE(made.open());
    for (const std::string& name : names) made.add(name, one);
    EXPECT_TRUE(made.finish());
    EXPECT_TRUE(content_of(ground.path("sums")) == wanted);
  }
}

TEST(manifest, says_what_keeps_it_from_being_written) {
  manifest nowhere("/no/such/directory/sums");
  EXPECT_EQ(nowhere.open().error(), std::errc::no_such_file_or_directory);
  manifest full("/dev/full");
  ASSERT_TRUE(full.open());
  full.add("a", one);
  EXPECT_EQ(full.finish().error(), std::errc::no_space_on_device);
}

}  // namespace
}  // namespace copytree
