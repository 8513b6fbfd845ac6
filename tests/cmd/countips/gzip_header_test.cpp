#include "countips/input/gzip_header.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "cmd/countips/drain.h"
#include "cmd/countips/gzip.h"

namespace countips {
namespace {

using state = gzip_header::state;

constexpr unsigned checksum = 2, extra = 4, name = 8, comment = 16, all_flags = 32;

// Bit by bit.
std::uint32_t crc32(const std::string& text) {
  std::uint32_t sum = ~std::uint32_t{0};
  for (const char c : text) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum % 2 != 0 ? 0xedb88320 : 0);
  }
  return ~sum;
}

std::string two_bytes(std::uint32_t number) {
  return {static_cast<char>(number), static_cast<char>(number >> 8)};
}

std::string header(unsigned flags, const std::string& extra_field = std::string("BC\2\0zz", 6)) {
  std::string text("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  text[3] = static_cast<char>(flags);
  if ((flags & extra) != 0) {
    text += two_bytes(static_cast<std::uint32_t>(extra_field.size())) + extra_field;
  }
  if ((flags & name) != 0) text += std::string("access.log\0", 11);
  if ((flags & comment) != 0) text += std::string("\0", 1);
  if ((flags & checksum) != 0) text += two_bytes(crc32(text));
  return text;
}

struct taken {
  state found;
  std::size_t left;  // Bytes.

  friend bool operator==(const taken&, const taken&) = default;
};

taken take_in_pieces(gzip_header& reader, const std::string& text, std::size_t piece) {
  taken result{state::going_on, text.size()};
  while (result.left > 0 && result.found == state::going_on) {
    const std::size_t size = std::min(piece, result.left);
    std::span<const char> from(text.data() + text.size() - result.left, size);
    result.found = reader.take(from);
    result.left -= size - from.size();
  }
  return result;
}

TEST(gzip_header, ends_where_the_data_begin_whatever_the_pieces) {
  for (unsigned flags = 0; flags < all_flags; ++flags) {
    const std::string text = header(flags) + "data";
    gzip_header reader;
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
      EXPECT_EQ(take_in_pieces(reader, text, piece), (taken{state::ended, 4}))
          << flags << " in pieces of " << piece;
    }
  }
}

TEST(gzip_header, may_have_an_extra_field_of_any_size) {
  for (const std::size_t size : {0, 1, 255, 256, 65535}) {
    gzip_header reader;
    const std::string text = header(extra | name, std::string(size, 'x')) + "data";
    EXPECT_EQ(take_in_pieces(reader, text, 1000), (taken{state::ended, 4})) << size;
  }
}

TEST(gzip_header, goes_on_until_it_is_complete) {
  for (unsigned flags = 0; flags < all_flags; ++flags) {
    const std::string text = header(flags);
    for (std::size_t size = 0; size < text.size(); ++size) {
      gzip_header reader;
      EXPECT_EQ(take_in_pieces(reader, text.substr(0, size), 100), (taken{state::going_on, 0}));
    }
  }
}

TEST(gzip_header, has_the_magic_number_and_deflated_data) {
  for (const std::size_t place : {0, 1, 2}) {
    std::string text = header(name);
    text[place] = 'x';
    gzip_header reader;
    EXPECT_EQ(take_in_pieces(reader, text, 100).found,
              place < 2 ? state::no_header : state::damaged);
    EXPECT_EQ(take_in_pieces(reader, header(0), 100).found, state::ended);
  }
}

TEST(gzip_header, is_damaged_by_unknown_flags_and_a_wrong_checksum) {
  for (const unsigned flag : {0x20, 0x40, 0x80}) {
    gzip_header reader;
    EXPECT_EQ(take_in_pieces(reader, header(flag), 100).found, state::damaged);
    EXPECT_EQ(take_in_pieces(reader, header(0), 100).found, state::ended);
  }
  const std::string good = header(checksum | name | extra);
  for (std::size_t place = 4; place < good.size(); ++place) {
    std::string text = good;
    text[place] = static_cast<char>(text[place] ^ 1);
    gzip_header reader;
    EXPECT_NE(take_in_pieces(reader, text, 100).found, state::ended) << place;
  }
}

TEST(gzip_members, may_have_any_header_in_any_pieces) {
  constexpr std::size_t plain_header = 10;
  const std::string text = "192.0.2.1\n";
  const std::string body = gzip(text).substr(plain_header);
  for (unsigned flags = 0; flags < all_flags; ++flags) {
    const std::string member = header(flags) + body;
    for (std::size_t most = 1; most < member.size() + 2; ++most) {
      EXPECT_EQ(drain({.content = member + member, .most_a_call = most}),
                (stream_result{text + text, std::nullopt}))
          << flags << " in pieces of " << most;
    }
  }
}

}  // namespace
}  // namespace countips
