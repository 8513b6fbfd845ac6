#include "countips/input/follower.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <random>
#include <string>
#include <vector>

#include "cmd/countips/live_files.h"

namespace countips {
namespace {

class follower_of : public testing::Test {
 protected:
  // All that comes while the changes happen, by path; a bar stands where a piece ended.
  std::vector<std::string> follow(const std::vector<std::string>& paths,
                                  std::size_t longest_line = 1 << 20) {
    follower lines(paths, files_, longest_line);
    bool idle = false;
    files_.when_idle = [&idle] { idle = true; };
    std::vector<std::string> texts(paths.size());
    const auto take = [&texts](const std::optional<follower::piece>& piece) {
      if (piece) texts[piece->input] += std::string(piece->text) + '|';
      return piece.has_value();
    };
    while (!idle) {
      while (take(lines.next())) {
      }
      if (lines.ended()) break;
      lines.wait(std::chrono::milliseconds(1));
    }
    while (take(lines.next_rest())) {
    }
    failures_ = lines.failures();
    return texts;
  }

  std::string follow_one(const std::string& path) { return follow({path}).front(); }

  void then(std::function<void()> change) { files_.changes.push_back(std::move(change)); }

  live_files files_;
  std::vector<input_failure> failures_;
};

TEST_F(follower_of, a_file_that_grows_gives_whole_lines) {
  files_.create("log", "a\nb");
  then([&] { files_.append("log", "c\nd"); });
  then([&] { files_.append("log", "e"); });
  then([&] { files_.append("log", "f\n"); });
  EXPECT_EQ(follow_one("log"), "a\n|bc\n|def\n|");
  EXPECT_TRUE(failures_.empty());
}

TEST_F(follower_of, a_file_gives_its_last_line_at_the_end) {
  files_.create("log", "a\nb").most_a_call = 1;
  then([&] { files_.append("log", "c"); });
  EXPECT_EQ(follow_one("log"), "a\n|bc|");
}

TEST_F(follower_of, a_renamed_file_is_finished_and_the_new_one_begun) {
  files_.create("log", "a\n");
  then([&] { files_.rename("log", "log.1"); });
  then([&] { files_.append("log.1", "b\n"); });  // The writer has not noticed yet.
  then([&] {
    files_.create("log", "c\n");
    files_.append("log.1", "d\n");
  });
  then([&] { files_.append("log.1", "e\n"); });  // One of several writers is late.
  then([&] { files_.append("log", "f\n"); });
  EXPECT_EQ(follow_one("log"), "a\n|b\n|d\n|c\n|e\n|f\n|");
}

TEST_F(follower_of, files_renamed_again_and_again_lose_nothing_though_numbers_are_used_again) {
  files_.create("log", "0\nleft");
  std::string want = "0\n|";
  for (int i = 1; i < 8; ++i) {
    then([this, i] {
      if (i > 1) files_.remove("log.1");
      files_.rename("log", "log.1");
      files_.create("log", std::to_string(i) + '\n');
    });
    if (i == 2) want += "left|";
    want += std::to_string(i) + "\n|";
  }
  EXPECT_EQ(follow_one("log"), want);
}

TEST_F(follower_of, a_truncated_file_begins_anew) {
  files_.create("log", "aaa\nbb");
  then([&] { files_.at("log").content = "c\n"; });
  then([&] { files_.at("log").content = ""; });
  then([&] { files_.append("log", "d\n"); });
  EXPECT_EQ(follow_one("log"), "aaa\n|bb|c\n|d\n|");
}

// A server that writes on where it was leaves a hole, however long.
TEST_F(follower_of, a_truncated_file_loses_no_line_behind_its_hole) {
  files_.create("log", "aaa\n");
  then([&] { files_.at("log").content = ""; });
  then([&] { files_.at("log").content = std::string(3 << 20, '\0') + "b"; });
  then([&] { files_.append("log", "c\nd\n"); });
  EXPECT_EQ(follow_one("log"), "aaa\n|bc\nd\n|");
}

TEST_F(follower_of, a_file_that_comes_later_waits_for_it) {
  then([&] { files_.create("log", "a\n"); });
  then([&] { files_.append("log", "b\n"); });
  EXPECT_EQ(follow_one("log"), "a\n|b\n|");
  EXPECT_TRUE(failures_.empty());
}

TEST_F(follower_of, a_file_that_never_comes_says_so) {
  EXPECT_EQ(follow_one("log"), "");
  EXPECT_EQ(failures_, (std::vector<input_failure>{{"log", {failure::kind::look_up, ENOENT}}}));
}

TEST_F(follower_of, a_rotated_set_reads_no_line_twice) {
  files_.create("log.1", "a\n");
  files_.create("log", "b\n");
  then([&] {
    files_.rename("log.1", "log.2");
    files_.rename("log", "log.1");
    files_.create("log", "c\n");
  });
  then([&] {  // By copying: the name put aside gets a file with lines that have been read.
    files_.create("log.1", "c\n");
    files_.at("log").content = "";
  });
  then([&] { files_.append("log", "d\n"); });
  EXPECT_EQ(follow({"log.1", "log"}), (std::vector<std::string>{"a\n|", "b\n|c\n|d\n|"}));
}

TEST_F(follower_of, several_files_takes_turns) {
  files_.create("a", "1\n");
  files_.create("b", "2\n");
  then([&] { files_.append("b", "3\n"); });
  then([&] { files_.append("a", "4\n"); });
  EXPECT_EQ(follow({"a", "b"}), (std::vector<std::string>{"1\n|4\n|", "2\n|3\n|"}));
}

TEST_F(follower_of, a_pipe_ends_with_it) {
  files_.create("-", "a\nb").is_pipe = true;
  then([&] { files_.append("-", "c\nd"); });
  then([&] { files_.at("-").has_writer = false; });
  then([&] { ADD_FAILURE() << "it has ended"; });
  EXPECT_EQ(follow_one("-"), "a\n|bc\n|d|");
}

TEST_F(follower_of, a_file_that_cannot_be_opened_or_read_says_so_and_goes_on_with_others) {
  files_.create("closed", "x\n");
  files_.closed["closed"] = EACCES;
  files_.create("bad", "a\nb");
  files_.create("good", "1\n");
  then([&] { files_.at("bad").read_error = EIO; });
  then([&] { files_.append("good", "2\n"); });
  EXPECT_EQ(follow({"closed", "bad", "good"}),
            (std::vector<std::string>{"", "a\n|b|", "1\n|2\n|"}));
  EXPECT_EQ(failures_, (std::vector<input_failure>{{"closed", {failure::kind::open, EACCES}},
                                                   {"bad", {failure::kind::read, EIO}}}));
}

TEST_F(follower_of, endless_lines_keeps_their_beginnings) {
  files_.create("log", std::string(1'000'000, 'x'));
  for (int i = 0; i < 20; ++i) then([&] { files_.append("log", std::string(1'000'000, 'y')); });
  then([&] { files_.append("log", "\nb\n"); });
  const std::string text = follow({"log"}, 1000).front();
  EXPECT_LT(text.size(), 1'000'000u);
  EXPECT_TRUE(text.starts_with(std::string(1000, 'x')));
  EXPECT_TRUE(text.ends_with("\nb\n|"));
}

// Whatever happens to the log, each line is given once, as a list of all that was written shows.
TEST_F(follower_of, a_log_with_any_history_gives_each_line_once) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    files_ = live_files();
    files_.create("log");
    int line = 0;
    std::string written;
    for (int i = 0; i < 60; ++i) {
      const unsigned what = random() % 8;
      const std::string text = "line " + std::to_string(line++) + '\n';
      written += text;
      const std::size_t cut = random() % text.size();
      then([this, what, text, cut] {
        if (what == 0) {
          files_.rename("log", "log.1");
          files_.create("log");
        } else if (what == 1) {
          files_.at("log").content.clear();
        }
        files_.append("log", text.substr(0, cut));
      });
      then([this, text, cut] { files_.append("log", text.substr(cut)); });
    }
    std::string text = follow_one("log");
    std::erase(text, '|');
    EXPECT_EQ(text, written) << seed;
  }
}

}  // namespace
}  // namespace countips
