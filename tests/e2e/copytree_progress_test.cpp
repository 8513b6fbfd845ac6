// copytree asked how far it is, and interrupted.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "support/child.h"
#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/run.h"
#include "support/screen.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::child;
using support::child_result;
using support::dir;
using support::file;
using support::pty;
using support::run;
using support::run_result;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string program = BIN_DIR "/copytree";
constexpr int files = 500;

// "a", a folder whose list of 400 bytes a file does not fit into a pipe or a terminal: whoever
// lists it cannot get to the end before the list is read.
class copytree_progress : public testing::Test {
 protected:
  copytree_progress() {
    fs::create_directory(path("a"));
    support::tree tree = {dir("d")};
    for (int i = 0; i < files; ++i) {
      tree.push_back(file("d/" + std::to_string(i) + std::string(190, 'n'), "0123456789"));
    }
    support::make_tree(path("a"), tree);
  }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }

  // All that is in the copy is complete; returns how many files that are: none if it did not get to
  // their folder.
  [[nodiscard]] int check_partial_copy() const {
    if (!fs::exists(path("new/d"))) return 0;
    int found = 0;
    for (const auto& entry : fs::directory_iterator(path("new/d"))) {
      ++found;
      EXPECT_EQ(entry.file_size(), 10u) << entry.path();
      EXPECT_TRUE(fs::exists(path("a/d") / entry.path().filename())) << entry.path();
    }
    return found;
  }

 private:
  support::temp_dir temp_;
};

// The thread sanitizer puts handlers off until the interrupted thread calls what it intercepts; one
// that waits in a futex never does.
#ifdef __SANITIZE_THREAD__
constexpr bool handlers_run_at_once = false;
#else
constexpr bool handlers_run_at_once = true;
#endif

TEST_F(copytree_progress, is_told_on_request_without_a_terminal) {
  if (!handlers_run_at_once) GTEST_SKIP() << "the sanitizer puts off the signal's handler";
  child copy({program, "-q", "-v", "a", "new"}, {.directory = path("")});
  copy.wait_for_out("\n");
  copy.send_signal(SIGUSR1);
  // Counting begins only now: so the total may be marked as growing, but is never less.
  EXPECT_THAT(copy.wait_for_err(" entries"), AnyOf(StartsWith("counting  "), HasSubstr("%")));
  copy.send_signal(SIGUSR1);
  const child_result result = copy.finish();
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(support::differences(path("a"), path("new")), IsEmpty());
}

// Asked again and again until all is counted, while the copy cannot go on.
TEST_F(copytree_progress, names_a_percentage_once_all_is_counted) {
  if (!handlers_run_at_once) GTEST_SKIP() << "the sanitizer puts off the signal's handler";
  child copy({program, "-v", "a", "new"}, {.directory = path("")});
  copy.wait_for_out("\n");
  std::string line;
  while (line.find("% [") == std::string::npos) {
    copy.send_signal(SIGUSR1);
    line = copy.next_err_line();
  }
  EXPECT_THAT(line, HasSubstr("/502 entries"));
  EXPECT_EQ(copy.finish().status, 0);
}

TEST_F(copytree_progress, ends_in_json_with_true_totals_however_fast_the_copy) {
  fs::create_directory(path("empty"));
  const run_result empty =
      run({program, "-q", "--progress=json", "empty", "new"}, {.directory = path("")});
  EXPECT_THAT(empty.err, HasSubstr("\"items\":1,\"items_total\":1,\"bytes\":0,\"bytes_total\":0,"
                                   "\"counting\":false,\"unit\":\"entries\",\"percent\":100,"));
  fs::remove(path("new"));
  for (int i = 0; i < 2; ++i) {  // New, and over what is there.
    const run_result result =
        run({program, "--progress=json", "a/.", "new"}, {.directory = path("")});
    const std::string last = result.err.substr(result.err.rfind("{\"elapsed\""));
    EXPECT_THAT(last, HasSubstr("\"items\":502,\"items_total\":502,\"bytes\":5000,"
                                "\"bytes_total\":5000,\"counting\":false,"));
    EXPECT_THAT(last, HasSubstr("\"percent\":100,"));
    EXPECT_THAT(last, HasSubstr("\"seconds_left\":"));
    EXPECT_THAT(last, HasSubstr("\"finished\":true}\ncopied "));
  }
}

TEST_F(copytree_progress, is_gone_when_control_c_ends_the_copy) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  constexpr int columns = 120;
  // So slowly that it cannot be done before the key is read.
  pty terminal({program, "-v", "--bwlimit=100", "a", "new"},
               {.columns = columns, .directory = path("")});
  terminal.wait_for(" entries");
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  support::screen screen(columns);
  screen.feed(terminal.received());
  const std::vector<std::string> lines = screen.lines();
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ(lines.back(), "");
  EXPECT_THAT(lines[lines.size() - 2], StartsWith("interrupted"));
  EXPECT_LT(check_partial_copy(), files);
}

TEST_F(copytree_progress, signals_end_the_copy_cleanly_under_their_own_numbers) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    SCOPED_TRACE(number);
    child copy({program, "-v", "a", "new"}, {.directory = path("")});
    copy.wait_for_out("\n");
    copy.send_signal(number);
    const child_result result = copy.finish();
    EXPECT_EQ(result.signal, number);
    EXPECT_THAT(result.err, HasSubstr("interrupted"));
    EXPECT_LT(check_partial_copy(), files);
    fs::remove_all(path("new"));
  }
}

// Nobody reads its list any more: it hangs in the middle of writing it. Different numbers, since
// two of one could become one; the handler of either may run first.
TEST_F(copytree_progress, a_second_signal_ends_the_copy_at_once) {
  child copy({program, "-v", "a", "new"}, {.directory = path("")});
  copy.wait_for_out("\n");
  copy.send_signal(SIGINT);
  copy.send_signal(SIGTERM);
  const child_result result = copy.finish();
  EXPECT_THAT(result.signal, AnyOf(SIGINT, SIGTERM));
  EXPECT_EQ(result.err, "") << "no summary any more";
}

TEST_F(copytree_progress, whoever_closes_the_list_does_not_end_the_copy) {
  const run_result result =
      run({program, "-q", "-v", "a", "new"}, {.directory = path(""), .stdout_limit = 1});
  EXPECT_EQ(result.signal, SIGPIPE);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(support::differences(path("a"), path("new")), IsEmpty());
}

}  // namespace
