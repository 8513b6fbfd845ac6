#include "cli/messages.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "cmd/cli/capture.h"
#include "par/pools/thread.h"

namespace cli {
namespace {

struct said {
  capture file;
  status_line line{file.descriptor()};
};

TEST(messages, bear_the_name_of_the_command) {
  said to;
  messages log("copytree", to.line);
  log.error("cannot open 'a/b': " + reason(EACCES));
  log.note("took a while");
  EXPECT_EQ(to.file.text(),
            "copytree: cannot open 'a/b': Permission denied\ncopytree: took a while\n");
}

TEST(messages, count_errors_only) {
  said to;
  messages log("x", to.line);
  EXPECT_EQ(log.errors(), 0U);
  log.error("one");
  log.note("no error");
  log.plain("neither");
  log.error("two");
  EXPECT_EQ(log.errors(), 2U);
}

TEST(messages, are_one_line_whatever_a_name_contains) {
  said to;
  messages log("x", to.line);
  log.error("cannot open " + quoted("evil\nx: all is well\x1b[2J"));
  log.note("raw\rtext\xFF");
  EXPECT_EQ(to.file.text(), "x: cannot open 'evil\\nx: all is well\\033[2J'\nx: raw\\rtext\\377\n");
}

TEST(messages, plain_keeps_lines_but_no_other_control_characters) {
  said to;
  messages log("x", to.line);
  log.plain("one\ntwo\tthree\x1b[2J");
  log.plain("four\n");
  EXPECT_EQ(to.file.text(), "one\ntwo\tthree\\033[2J\nfour\n");
}

TEST(messages, color_marks_the_name) {
  said to;
  messages log("x", to.line, true);
  log.error("bad");
  log.note("good");
  log.plain("plain");
  EXPECT_EQ(to.file.text(), "\x1b[1;31mx:\x1b[0m bad\n\x1b[1mx:\x1b[0m good\nplain\n");
}

TEST(messages, of_several_threads_stay_whole) {
  said to;
  messages log("x", to.line);
  constexpr std::size_t each = 200;
  const auto work = [&] {
    for (std::size_t i = 0; i < each; ++i) log.error("0123456789");
  };
  {
    const par::thread first("first", work);
    const par::thread second("second", work);
  }
  std::string want;
  for (std::size_t i = 0; i < 2 * each; ++i) want += "x: 0123456789\n";
  EXPECT_EQ(to.file.text(), want);
  EXPECT_EQ(log.errors(), 2 * each);
}

}  // namespace
}  // namespace cli
