// countips as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "e2e/countips_runs.h"
#include "support/content_of.h"
#include "support/pseudo_terminals.h"
#include "support/pty.h"
#include "support/run.h"
#include "support/screen.h"
#include "support/temp_dir.h"

namespace {

using support::content_of;
using support::run;
using support::run_options;
using support::run_result;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string samples = SOURCE_DIR "/data/samples/";

class countips_on : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary) << content;
    return directory_.path() / name;
  }

  support::temp_dir directory_;
};

const std::string one_hit = "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5\n";

TEST(countips, prints_the_days_of_the_samples) {
  for (const char* sample : {"common.log", "combined.log", "proxies.log", "nasty.log", "rotated"}) {
    SCOPED_TRACE(sample);
    const run_result result = count_rows({samples + sample});
    EXPECT_EQ(result.out, content_of(samples + sample + ".days"));
    EXPECT_EQ(result.status, 0);
  }
}

TEST(countips, prints_the_same_with_every_backend_and_number_of_threads) {
  const std::vector<std::string> all = {samples + "common.log", samples + "rotated",
                                        samples + "nasty.log"};
  const std::string want = count_rows(all).out;
  EXPECT_THAT(want, StartsWith("2023-12-30\t2\t2\n"));
  for (const std::vector<std::string>& how : std::vector<std::vector<std::string>>{
           {"-j1"}, {"-j2"}, {"-j7"}, {"--backend", "serial"}, {"--backend", "threads", "-j3"}}) {
    std::vector<std::string> arguments = how;
    arguments.insert(arguments.end(), all.begin(), all.end());
    EXPECT_EQ(count_rows(arguments).out, want) << how[0];
  }
}

TEST(countips, reads_standard_input) {
  const std::string log = samples + "combined.log";
  const std::string want = content_of(log + ".days");
  EXPECT_EQ(count_rows({}, {.input = content_of(log)}).out, want);
  EXPECT_EQ(count_rows({"-"}, {.input = content_of(log)}).out, want);
  EXPECT_EQ(count_rows({}, {.stdin_from = log}).out, want);
  EXPECT_EQ(count_rows({}, {.stdin_from = "/dev/null"}).out, "");
}

TEST(countips, reads_gzip_from_a_pipe) {
  const std::string packed = samples + "rotated/access.log.2.gz";
  const std::string want = "2024-04-01\t3\t2\n2024-04-02\t1\t1\n";
  EXPECT_EQ(count_rows({packed}).out, want);
  EXPECT_EQ(count_rows({}, {.input = content_of(packed)}).out, want);
  EXPECT_EQ(count_rows({}, {.stdin_from = packed}).out, want);
}

TEST(countips, begins_where_standard_input_stands) {
  const run_result result =
      run({"sh", "-c",
           "{ read -r first; " BIN_DIR "/countips --format tsv --no-header; } < " + samples +
               "rotated/access.log.1"});
  EXPECT_EQ(result.out, "2024-04-02\t1\t1\n2024-04-03\t1\t1\n");
}

TEST(countips, counts_by_file) {
  const std::string set = samples + "rotated";
  const run_result result = count_rows({"--by", "file", samples + "combined.log", set});
  EXPECT_EQ(result.out, samples + "combined.log\t7\t4\n" + set + "/access.log.2.gz\t4\t2\n" + set +
                            "/access.log.1\t3\t2\n" + set + "/access.log\t2\t2\n");
  EXPECT_EQ(result.err, "");
}

TEST(countips, prints_tables_csv_and_json) {
  const std::string log = samples + "combined.log";
  EXPECT_EQ(countips({"--format", "table", log}).out,
            "day         requests  clients\n"
            "2024-02-28         3        2\n"
            "2024-02-29         3        3\n"
            "2024-03-01         1        1\n"
            "total              7        4\n");
  EXPECT_EQ(countips({"-f", "csv", log}).out,
            "day,requests,clients\n2024-02-28,3,2\n2024-02-29,3,3\n2024-03-01,1,1\n");
  EXPECT_EQ(countips({"--format=csv", "--no-header", log}).out,
            "2024-02-28,3,2\n2024-02-29,3,3\n2024-03-01,1,1\n");
  EXPECT_THAT(countips({"--format=json", log}).out,
              HasSubstr(R"("total": {"requests": 7, "clients": 4})"));
  // A pipe is no terminal.
  EXPECT_THAT(countips({log}).out, StartsWith("day\trequests\tclients\n2024-02-28\t3\t2\n"));
}

TEST(countips, notes_rejected_lines_and_succeeds) {
  const std::string log = samples + "nasty.log";
  const run_result result = countips({log});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "countips: '" + log + "': 7 rejected lines, first at line 14\n");
  EXPECT_EQ(countips({"-q", log}).err, "");
  EXPECT_EQ(countips({"-"}, {.input = one_hit + "x\n"}).err,
            "countips: standard input: 1 rejected line, first at line 2\n");
}

TEST_F(countips_on, unreadable_files_names_them_and_goes_on) {
  const std::string good = write("good", one_hit);
  const std::string missing = directory_.path() / "missing";
  const run_result result = count_rows({missing, good});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "2024-06-09\t1\t1\n");
  EXPECT_THAT(result.err,
              StartsWith("countips: cannot open '" + missing + "': No such file or directory\n"));
}

TEST_F(countips_on, closed_files_names_them) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string closed = write("closed", one_hit);
  ASSERT_EQ(::chmod(closed.c_str(), 0), 0);
  const run_result result = count_rows({closed});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err,
              StartsWith("countips: cannot open '" + closed + "': Permission denied\n"));
}

TEST_F(countips_on, what_is_no_log_invents_nothing) {
  const std::string json = write("status.json", "{\"connections\": 12}\n{\"connections\": 13}\n");
  const run_result result = count_rows({json});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith("countips: '" + json + "': is no access log"));
}

TEST_F(countips_on, a_truncated_archive_counts_its_readable_part) {
  const std::string packed = content_of(samples + "rotated/access.log.2.gz");
  const std::string cut = write("cut.gz", packed.substr(0, packed.size() - 4));
  const run_result result = count_rows({cut});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "2024-04-01\t3\t2\n2024-04-02\t1\t1\n");
  EXPECT_THAT(result.err, StartsWith("countips: '" + cut + "': compressed data end too early"));
}

TEST_F(countips_on, names_with_odd_characters_stays_readable) {
  const std::string odd = write("a\nb\tc\x1b", one_hit);
  const run_result rows = count_rows({"--by", "file", odd});
  EXPECT_THAT(rows.out, EndsWith("/a\\nb\\tc\x1b\t1\t1\n"));
  const run_result table = countips({"--by", "file", "--format", "table", odd});
  EXPECT_THAT(table.out, HasSubstr("/a\\nb\\tc\\033 "));
}

TEST_F(countips_on, a_pipe_with_a_name_waits_for_it) {
  const std::string pipe = directory_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const run_result result = run({"sh", "-c",
                                 "cat " + samples + "combined.log > " + pipe +
                                     " & " BIN_DIR "/countips --format tsv --no-header " + pipe});
  EXPECT_EQ(result.out, content_of(samples + "combined.log.days"));
}

TEST_F(countips_on, a_generated_log_counts_what_was_asked_for) {
  const run_result log = run({BIN_DIR "/generate_log", "--lines", "30000", "--clients", "5000",
                              "--days", "2", "--skew", "0"});
  EXPECT_EQ(log.status, 0);
  const run_result result = countips({"--format", "table", "--no-header"}, {.input = log.out});
  EXPECT_EQ(result.out,
            "2024-02-26  15000  5000\n"
            "2024-02-27  15000  5000\n"
            "total       30000  5000\n");
}

TEST(countips, tells_when_its_answer_cannot_be_written) {
  const run_result result = countips({samples + "combined.log"}, {.stdout_to = "/dev/full"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "countips: write error: No space left on device\n");
}

TEST(countips, refuses_formats_it_does_not_know) {
  const run_result result = countips({"--format", "yaml", samples + "combined.log"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(countips({"--by", "dya"}).status, 2);
}

std::vector<std::string> shown_on(const support::pty& terminal) {
  support::screen screen(80);
  screen.feed(terminal.received());
  return screen.lines();
}

TEST(countips, prints_a_table_with_bars_on_a_terminal) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const std::vector<std::string> command = {BIN_DIR "/countips", "--progress=never",
                                            samples + "combined.log"};
  support::pty plain(command, {.columns = 44, .environment = {"LC_ALL=C"}});
  EXPECT_EQ(plain.finish().status, 0);
  EXPECT_THAT(shown_on(plain), ::testing::ElementsAre("day         requests  clients",
                                                      "2024-02-28         3        2  ############",
                                                      "2024-02-29         3        3  ############",
                                                      "2024-03-01         1        1  ####",
                                                      "total              7        4", ""));
  support::pty blocks(command, {.columns = 41, .environment = {"LC_ALL=C.UTF-8"}});
  EXPECT_EQ(blocks.finish().status, 0);
  EXPECT_THAT(shown_on(blocks)[3], EndsWith(" 1  \u2588\u2588\u2588"));
}

TEST(countips, draws_bars_elsewhere_only_if_asked) {
  const std::string log = samples + "combined.log";
  const run_options plain = {.environment = {"LC_ALL=C"}};
  const run_result asked = countips({"--format=table", "--bars=always", log}, plain);
  EXPECT_THAT(asked.out, HasSubstr("\n2024-02-28         3        2  " + std::string(48, '#') +
                                   "\n2024-02-29"));  // 80 columns, of which one stays free.
  EXPECT_THAT(countips({"--format=table", log}, plain).out, Not(HasSubstr("#")));
  EXPECT_THAT(countips({"--format=tsv", "--bars=always", log}, plain).out, Not(HasSubstr("#")));
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  support::pty terminal({BIN_DIR "/countips", "--progress=never", "--bars=never", log});
  EXPECT_EQ(terminal.finish().status, 0);
  EXPECT_EQ(shown_on(terminal)[1], "2024-02-28         3        2");
}

TEST(countips, prints_ndjson_and_a_row_for_the_total) {
  const std::string log = samples + "combined.log";
  EXPECT_EQ(countips({"--format=ndjson", log}).out,
            "{\"day\": \"2024-02-28\", \"requests\": 3, \"clients\": 2}\n"
            "{\"day\": \"2024-02-29\", \"requests\": 3, \"clients\": 3}\n"
            "{\"day\": \"2024-03-01\", \"requests\": 1, \"clients\": 1}\n");
  EXPECT_THAT(countips({"--format=ndjson", "--total", log}).out,
              EndsWith("1}\n{\"day\": \"total\", \"requests\": 7, \"clients\": 4}\n"));
  EXPECT_THAT(count_rows({"--total", log}).out, EndsWith("1\t1\ntotal\t7\t4\n"));
  EXPECT_EQ(count_rows({"--total", "--by=total", log}).out, "total\t7\t4\n");
}

TEST_F(countips_on, an_interrupt_prints_no_answer) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const std::string pipe = directory_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);  // Nobody ever writes to it.
  support::pty terminal({BIN_DIR "/countips", samples + "combined.log", pipe});
  terminal.wait_for("files");  // The bar.
  terminal.send_signal(SIGINT);
  EXPECT_EQ(terminal.finish().signal, SIGINT);
  EXPECT_THAT(shown_on(terminal), ::testing::ElementsAre(""));
}

TEST_F(countips_on, several_unreadable_files_ends_with_their_number) {
  const run_result result = count_rows({directory_.path() / "a", directory_.path() / "b"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, EndsWith("\ncountips: 2 errors\n"));
}

}  // namespace
