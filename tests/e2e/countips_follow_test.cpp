// countips --follow as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/child.h"
#include "support/content_of.h"
#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/run.h"
#include "support/screen.h"
#include "support/temp_dir.h"

namespace {

using support::child;
using support::child_result;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::StartsWith;

std::string hit(int client, int day) {
  return "192.0.2." + std::to_string(client) + " - - [0" + std::to_string(day) +
         "/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5\n";
}

class countips_follow : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary) << content;
    return directory_.path() / name;
  }

  void append(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary | std::ios::app) << content;
  }

  void rename(const std::string& from, const std::string& to) {
    std::filesystem::rename(directory_.path() / from, directory_.path() / to);
  }

  support::temp_dir directory_;
};

TEST_F(countips_follow, prints_each_row_that_changes_and_ends_when_interrupted) {
  const std::string log = write("log", hit(1, 1));
  child follower({BIN_DIR "/countips", "--follow", log});
  follower.wait_for_out(R"({"day": "2024-06-01", "requests": 1, "clients": 1})");
  append("log", hit(2, 1) + hit(1, 2));
  follower.wait_for_out(R"({"day": "2024-06-02", "requests": 1, "clients": 1})");
  rename("log", "log.1");
  append("log.1", hit(2, 2));
  follower.wait_for_out(R"({"day": "2024-06-02", "requests": 2, "clients": 2})");
  write("log", hit(3, 2));
  follower.wait_for_out(R"({"day": "2024-06-02", "requests": 3, "clients": 3})");
  // Truncated: it is shorter than before whenever it is looked at.
  write("log", "192.0.2.4 - - [03/Jun/2024:10:00:00 +0200]\n");
  follower.wait_for_out(R"({"day": "2024-06-03", "requests": 1, "clients": 1})");
  append("log", hit(5, 3) + hit(6, 3).substr(0, 60));  // The last line has no end.
  follower.wait_for_out(R"({"day": "2024-06-03", "requests": 2, "clients": 2})");
  follower.send_signal(SIGINT);
  const child_result result = follower.finish();
  EXPECT_EQ(result.signal, SIGINT);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, EndsWith("{\"day\": \"2024-06-03\", \"requests\": 3, \"clients\": 3}\n"));
}

TEST_F(countips_follow, waits_for_a_file_that_comes_later) {
  const std::string log = directory_.path() / "log";
  child follower({BIN_DIR "/countips", "-F", log});
  follower.wait_for_err("cannot open '" + log + "': No such file or directory");
  write("log", hit(1, 1));
  follower.wait_for_out(R"({"day": "2024-06-01", "requests": 1, "clients": 1})");
  follower.send_signal(SIGTERM);
  EXPECT_EQ(follower.finish().signal, SIGTERM);
}

TEST_F(countips_follow, adds_the_total_to_changed_rows) {
  const support::run_result result =
      support::run({BIN_DIR "/countips", "--follow", "--format=ndjson", "--total"},
                   {.input = hit(1, 1) + hit(2, 1) + hit(1, 2)});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, EndsWith("{\"day\": \"2024-06-02\", \"requests\": 1, \"clients\": 1}\n"
                                   "{\"day\": \"total\", \"requests\": 3, \"clients\": 2}\n"));
}

TEST_F(countips_follow, prints_other_formats_at_the_end) {
  const support::run_result result = support::run({BIN_DIR "/countips", "--follow", "--format=csv"},
                                                  {.input = hit(1, 1) + hit(2, 1)});
  EXPECT_EQ(result.status, 0);  // Its input has ended.
  EXPECT_EQ(result.out, "day,requests,clients\n2024-06-01,2,2\n");
}

TEST_F(countips_follow, ends_when_nobody_reads_its_output) {
  const std::string log = write("log", hit(1, 1));
  write("more", hit(2, 1));
  // The pipe ends only if countips does, though the log goes on.
  const support::run_result result = support::run({"sh", "-c",
                                                   "while cat more; do :; done >> log & " BIN_DIR
                                                   "/countips --follow log | head -n 1; kill $!"},
                                                  {.directory = directory_.path()});
  EXPECT_THAT(result.out, StartsWith(R"({"day": "2024-06-01", "requests": )"));
}

TEST_F(countips_follow, draws_its_table_anew_on_a_terminal) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const std::string log = write("log", hit(1, 1));
  support::pty terminal({BIN_DIR "/countips", "--follow", log},
                        {.columns = 48, .environment = {"LC_ALL=C"}});
  terminal.wait_for("total");
  append("log", hit(2, 1) + hit(1, 2));
  terminal.wait_for("2024-06-02");
  append("log", hit(3, 2));
  terminal.wait_until([](const std::string& all) {
    support::screen screen(80);
    screen.feed(all);
    const std::vector<std::string> lines = screen.lines();
    return lines.size() > 3 && lines[3] == "total              4        3";
  });
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  support::screen screen(80);
  screen.feed(terminal.received());
  EXPECT_THAT(screen.lines(), ElementsAre("day         requests  clients",
                                          "2024-06-01         2        2  ################",
                                          "2024-06-02         2        2  ################",
                                          "total              4        3", ""));
}

TEST_F(countips_follow, tells_rejected_lines_as_they_come) {
  const std::string log = write("log", hit(1, 1) + "torn\n");
  const std::string rejects = directory_.path() / "rejects";
  child follower({BIN_DIR "/countips", "--follow", "--rejects=" + rejects, log});
  follower.wait_for_out(R"({"day": "2024-06-01", "requests": 1, "clients": 1})");
  EXPECT_EQ(support::content_of(rejects), log + ":2: not of the format: torn\n");
  follower.send_signal(SIGKILL);
  follower.finish();
}

TEST_F(countips_follow, draws_its_table_below_rejected_lines) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  write("log", hit(1, 1));
  support::pty terminal({"sh", "-c",
                         "exec " BIN_DIR "/countips -q --follow --bars=never --rejects " +
                             (directory_.path() / "log").string()},
                        {.columns = 300, .environment = {"LC_ALL=C"}});
  terminal.wait_for("total");
  append("log", "torn\n" + hit(2, 1));
  const auto lines_of = [](const std::string& all) {
    support::screen screen(300);
    screen.feed(all);
    return screen.lines();
  };
  terminal.wait_until([&](const std::string& all) {
    const std::vector<std::string> lines = lines_of(all);
    return lines.size() > 3 && lines[3] == "total              2        2";
  });
  EXPECT_THAT(
      lines_of(terminal.received()),
      ElementsAre(EndsWith("log:2: not of the format: torn"), "day         requests  clients",
                  "2024-06-01         2        2", "total              2        2", ""));
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
}

}  // namespace
