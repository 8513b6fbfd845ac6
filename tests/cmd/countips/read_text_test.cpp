#include "countips/input/read_text.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "cmd/countips/fake_files.h"

namespace countips {
namespace {

TEST(read_text, gives_no_more_than_is_allowed) {
  constexpr std::size_t most = 10'000;
  fake_files files;
  const std::atomic<bool> stop{false};
  for (const std::size_t a_call : {std::size_t{1}, std::size_t{3000}, fake_file::never}) {
    files.files["good"] = {.content = std::string(most, 'x'), .most_a_call = a_call};
    EXPECT_EQ(read_text("good", files, most, stop), std::string(most, 'x'));
    files.files["large"] = {.content = std::string(most + 1, 'x'), .most_a_call = a_call};
    const auto text = read_text("large", files, most, stop);
    ASSERT_FALSE(text.has_value());
    EXPECT_EQ(text.error(), (failure{failure::kind::read, EFBIG}));
  }
}

}  // namespace
}  // namespace countips
