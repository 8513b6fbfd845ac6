#include "fib/indices/index_list.h"

#include <gtest/gtest.h>

#include <sstream>

namespace fib {
namespace {

// What was read, one a line: "first+count", or "line:text" of what was bad.
std::string read_in_pieces(std::string_view text, std::size_t size) {
  index_list list(100);
  std::vector<index_range> found;
  std::vector<bad_item> bad;
  while (!text.empty()) {
    list.read(text.substr(0, size), found, bad);
    text.remove_prefix(std::min(size, text.size()));
  }
  list.end(found, bad);
  std::ostringstream all;
  for (const index_range& each : found) all << each.first << '+' << each.count << '\n';
  for (const bad_item& each : bad) all << each.line << ':' << each.text << '\n';
  return all.str();
}

struct list_case {
  std::string text;
  const char* want;
};

const list_case lists[] = {
    {"", ""},
    {"5", "5+1\n"},
    {"5\n", "5+1\n"},
    {"\n\n 5 \t7,9..11\n-3..-1\n", "5+1\n7+1\n9+3\n-3+3\n"},
    {"5\r\n6\r\n", "5+1\n6+1\n"},
    {std::string("5\0x\0", 4), "5+1\n2:x\n"},
    {"1\nx 2\n\n3 y..4\n5", "1+1\n2+1\n3+1\n5+1\n2:x\n4:y..4\n"},
    {"5..3", "1:5..3\n"},
    {"100\n101\n-101\n0..101", "100+1\n2:101\n3:-101\n4:0..101\n"},
    {"1 2", "1+1\n2+1\n"},
};

TEST(index_list, reads_what_is_between_blanks_however_it_is_cut) {
  for (const list_case& c : lists) {
    for (std::size_t size = 1; size <= c.text.size() + 1; ++size) {
      EXPECT_EQ(read_in_pieces(c.text, size), c.want) << c.text << ", pieces of " << size;
    }
  }
}

TEST(index_list, keeps_only_the_beginning_of_an_item_that_is_too_long) {
  index_list list(100);
  std::vector<index_range> found;
  std::vector<bad_item> bad;
  for (int i = 0; i < 1000; ++i) list.read(std::string(1000, '0'), found, bad);
  list.read("\n7\n", found, bad);
  ASSERT_EQ(bad.size(), 1U);
  EXPECT_EQ(bad[0].text, std::string(index_list::longest_item, '0'));
  EXPECT_EQ(bad[0].reason, "too long for an index");
  EXPECT_EQ(found, (std::vector<index_range>{{7, 1}}));
}

}  // namespace
}  // namespace fib
