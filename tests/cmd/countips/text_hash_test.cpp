#include "countips/clients/text_hash.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "countips/clients/client_counts.h"
#include "countips/clients/client_set.h"
#include "countips/tallies/group_key.h"
#include "countips/tallies/host_table.h"

namespace countips {
namespace {

// The key and the texts are the bytes 0, 1, 2 and so on; from appendix A of the paper and the first
// of the values that its authors publish with their program.
TEST(sip_hash, gives_the_published_values) {
  const sip_hash<2, 4> hash(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  std::string text;
  for (char i = 0; i < 15; ++i) text += i;
  EXPECT_EQ(hash.of(text), 0xa129ca6149be45e5);
  EXPECT_EQ(hash.of(""), 0x726fdb47dd0e0e31);
  EXPECT_EQ(hash.of(text.substr(0, 1)), 0x74f839c593dc67fd);
}

TEST(sip_hash, depends_on_its_key_and_on_every_byte) {
  std::set<std::uint64_t> seen;
  const std::string text(20, 'a');
  seen.insert(sip_hash<1, 3>(1, 2).of(text));
  seen.insert(sip_hash<1, 3>(1, 3).of(text));
  seen.insert(sip_hash<1, 3>(2, 2).of(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = 'b';
    seen.insert(sip_hash<1, 3>(1, 2).of(other));
    seen.insert(sip_hash<1, 3>(1, 2).of(text.substr(i)));
  }
  EXPECT_EQ(seen.size(), 3 + 2 * text.size() - 1);  // All of the text is there once.
}

// Names that all have one hash in libstdc++. Its MurmurHash64A multiplies each eight bytes by a
// constant and mixes the upper bits into the lower ones; a difference that is then left in the
// highest bit alone stays there, and the same one in the next eight bytes takes it away.
std::vector<std::string> colliding_names(std::size_t count) {
  const std::uint64_t factor = 0xc6a4a7935bd1e995;
  std::uint64_t inverse = 1;
  for (int i = 0; i < 6; ++i) inverse *= 2 - factor * inverse;
  const auto block = [](std::uint64_t value) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
  };
  const std::uint64_t word = 0x6162636465666768;
  const std::uint64_t other = (word * factor ^ (std::uint64_t{1} << 63 | 1 << 16)) * inverse;
  const std::string pieces[] = {block(word) + block(word), block(other) + block(other)};
  std::vector<std::string> names(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t bits = i, left = 16; left > 0; --left, bits /= 2) names[i] += pieces[bits % 2];
  }
  return names;
}

// In tables with that hash it would take minutes.
TEST(text_hash, keeps_tables_quick_whatever_names_they_get) {
  const std::vector<std::string> names = colliding_names(std::size_t{1} << 16);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  client_set set;
  client_counts counts;
  host_table hosts;
  group_keys keys(grouping::host, 0, &hosts);
  for (const std::string& name : names) {
    set.insert(client(std::string_view(name)));
    counts.add(client(std::string_view(name)));
    record what;
    what.host = name;
    static_cast<void>(keys.of(what, {}));
  }
  EXPECT_EQ(set.names(), names.size());
  EXPECT_EQ(counts.size(), names.size());
}

TEST(text_hash, spreads_names_that_std_hash_does_not) {
  std::set<std::size_t> ours, theirs;
  for (const std::string& name : colliding_names(1000)) {
    ours.insert(text_hash()(name));
    theirs.insert(std::hash<std::string>()(name));
  }
  EXPECT_EQ(ours.size(), 1000u);
#ifdef __GLIBCXX__
  EXPECT_EQ(theirs.size(), 1u);
#endif
}

}  // namespace
}  // namespace countips
