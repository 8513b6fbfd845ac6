#include "countips/input/sampled_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>

namespace countips {
namespace {

// Gives a text a few bytes at a time, then ends or fails.
class text_stream final : public byte_stream {
 public:
  text_stream(std::string text, bool fails) : text_(std::move(text)), fails_(fails) {}

  par::expected<std::size_t, failure> read(std::span<char> into) override {
    const std::size_t size = std::min({into.size(), std::size_t{3}, text_.size() - given_});
    if (size == 0 && fails_) return par::unexpected<failure>({failure::kind::read, EIO});
    std::copy_n(text_.data() + given_, size, into.data());
    given_ += size;
    return size;
  }

 private:
  const std::string text_;
  const bool fails_;
  std::size_t given_ = 0;
};

struct reading {
  std::string text;
  bool failed = false;
};

reading read_all(sampled_stream& stream, std::size_t piece) {
  reading found;
  std::string buffer(piece, '\0');
  for (;;) {
    const auto got = stream.read(buffer);
    found.failed = !got;
    if (!got || *got == 0) return found;
    found.text.append(buffer, 0, *got);
  }
}

TEST(sampled_stream, gives_everything_however_much_of_it_was_looked_at) {
  const std::string text = "0123456789abcdef";
  for (const bool fails : {false, true}) {
    for (std::size_t ahead = 0; ahead <= text.size() + 3; ++ahead) {
      for (const std::size_t piece : {1, 2, 5, 100}) {
        sampled_stream stream(std::make_unique<text_stream>(text, fails));
        EXPECT_EQ(stream.look_ahead(ahead), text.substr(0, ahead));
        const reading found = read_all(stream, piece);
        EXPECT_EQ(found.text, text);
        EXPECT_EQ(found.failed, fails);
      }
    }
  }
}

TEST(sampled_stream, may_be_looked_at_again_for_more) {
  sampled_stream stream(std::make_unique<text_stream>("0123456789", false));
  EXPECT_EQ(stream.look_ahead(2), "01");
  EXPECT_EQ(stream.look_ahead(7), "0123456");
  EXPECT_EQ(stream.look_ahead(100), "0123456789");
  EXPECT_EQ(read_all(stream, 4).text, "0123456789");
}

TEST(sampled_stream, begins_behind_a_hole) {
  const std::string text("01\00034", 5);
  for (std::size_t hole = 0; hole < 20; ++hole) {
    for (const std::size_t ahead : {1, 3, 100}) {
      sampled_stream stream(std::make_unique<text_stream>(std::string(hole, '\0') + text, false));
      EXPECT_EQ(stream.look_ahead(ahead), text.substr(0, ahead));
      EXPECT_EQ(read_all(stream, 2).text, text);
    }
  }
}

}  // namespace
}  // namespace countips
