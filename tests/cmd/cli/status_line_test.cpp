#include "cli/status_line.h"

#include <gtest/gtest.h>

#include "cmd/cli/capture.h"
#include "support/screen.h"

namespace cli {
namespace {

TEST(status_line, a_message_alone_is_written_as_it_is) {
  const capture file;
  {
    status_line line(file.descriptor());
    line.print("one\n");
    line.print("two\n");
  }
  EXPECT_EQ(file.text(), "one\ntwo\n");
}

TEST(status_line, a_message_stands_above_the_status) {
  const capture file;
  status_line line(file.descriptor());
  line.show("50%");
  line.print("message\n");
  EXPECT_EQ(file.text(),
            "\r50%\x1b[K"
            "\r\x1b[Kmessage\n\r50%\x1b[K");
}

TEST(status_line, a_shorter_status_leaves_nothing_of_the_longer) {
  const capture file;
  status_line line(file.descriptor());
  line.show("a long status");
  line.show("short");
  support::screen screen(80);
  screen.feed(file.text());
  EXPECT_EQ(screen.lines(), std::vector<std::string>{"short"});
}

TEST(status_line, is_erased_at_the_end_and_only_once) {
  const capture file;
  {
    status_line line(file.descriptor());
    line.show("50%");
    line.erase();
    line.erase();
  }
  EXPECT_EQ(file.text(),
            "\r50%\x1b[K"
            "\r\x1b[K");
}

TEST(status_line, destroying_it_erases) {
  const capture file;
  {
    status_line(file.descriptor()).show("50%");
  }
  EXPECT_TRUE(file.text().ends_with("\r\x1b[K"));
}

TEST(status_line, never_fills_the_last_column) {
  const capture file;
  status_line line(file.descriptor());
  ASSERT_EQ(line.columns(), 80);
  line.show(std::string(500, 'x'));
  EXPECT_EQ(file.text(), '\r' + std::string(79, 'x') + "\x1b[K");
}

TEST(status_line, the_signal_handler_erases_what_stands) {
  const capture file;
  status_line line(file.descriptor());
  erase_status_in_handler(false);
  EXPECT_EQ(file.text(), "") << "nothing stands yet";
  line.show("50%");
  erase_status_in_handler(false);
  EXPECT_TRUE(file.text().ends_with("\r\x1b[K"));
  line.erase();
  const std::string before = file.text();
  erase_status_in_handler(false);
  EXPECT_EQ(file.text(), before);
}

}  // namespace
}  // namespace cli
