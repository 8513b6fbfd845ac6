#include "cli/answer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace cli {
namespace {

struct closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

TEST(answer, is_yes_only_for_a_line_that_says_so) {
  std::string typed = "y\nYes, please\nno\n\n y\nyellow\nnay";
  const std::unique_ptr<std::FILE, closer> file(::fmemopen(typed.data(), typed.size(), "r"));
  ASSERT_NE(file, nullptr);
  for (const bool wanted : {true, true, false, false, false, true, false}) {
    EXPECT_EQ(reads_yes(file.get()), wanted);
  }
  EXPECT_FALSE(reads_yes(file.get())) << "at the end";
}

}  // namespace
}  // namespace cli
