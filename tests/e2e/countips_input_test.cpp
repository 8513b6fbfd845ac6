// What countips reads, as a user names it.
#include <fcntl.h>
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
#include "support/spawn.h"
#include "support/temp_dir.h"

namespace {

using support::content_of;
using support::run;
using support::run_options;
using support::run_result;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string packed = SOURCE_DIR "/data/samples/packed/";

struct packed_file {
  const char* name;
  const char* rows;
};

const packed_file packed_files[] = {
    {"access.log.4.gz", "2024-05-01\t2\t2\n"},
    {"access.log.3.zst", "2024-05-02\t3\t2\n"},
    {"access.log.2.bz2", "2024-05-03\t2\t1\n"},
    {"access.log.1.xz", "2024-05-04\t2\t1\n"},
};

class countips_input : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    std::ofstream(directory_.path() / name, std::ios::binary) << content;
    return directory_.path() / name;
  }

  support::temp_dir directory_;
};

TEST_F(countips_input, is_unpacked_from_files_and_pipes_whatever_its_name) {
  for (const packed_file& each : packed_files) {
    SCOPED_TRACE(each.name);
    const std::string content = content_of(packed + each.name);
    EXPECT_EQ(count_rows({packed + each.name}).out, each.rows);
    EXPECT_EQ(count_rows({write("plain.txt", content)}).out, each.rows);
    EXPECT_EQ(count_rows({}, {.input = content}).out, each.rows);
    EXPECT_EQ(count_rows({"-j1", "-"}, {.stdin_from = packed + each.name}).out, each.rows);
  }
}

TEST_F(countips_input, that_is_cut_or_damaged_is_named_and_its_beginning_counted) {
  for (const packed_file& each : packed_files) {
    SCOPED_TRACE(each.name);
    std::string content = content_of(packed + each.name);
    const std::string padding(512, '\0');
    if (content.ends_with(padding)) content.resize(content.size() - padding.size());
    const std::string cut = write("cut", content.substr(0, content.size() - 3));
    const run_result short_one = count_rows({cut});
    EXPECT_EQ(short_one.status, 1);
    EXPECT_EQ(short_one.err, "countips: '" + cut +
                                 "': compressed data end too early; what could be read is "
                                 "counted\n");
    EXPECT_THAT(short_one.out, StartsWith("2024-05-0"));
    const std::string more = write("more", content + "junk");
    const run_result long_one = count_rows({more});
    EXPECT_EQ(long_one.status, 1);
    EXPECT_EQ(long_one.out, each.rows);
    EXPECT_THAT(long_one.err, StartsWith("countips: '" + more + "': something else follows"));
  }
}

TEST_F(countips_input, in_a_folder_comes_as_it_was_written) {
  std::vector<std::string> want;
  for (const packed_file& each : packed_files) want.push_back(packed + each.name);
  want.push_back(packed + "access.log");
  std::string rows = count_rows({"--by", "file", packed}).out;
  for (const std::string& path : want) {
    EXPECT_THAT(rows, StartsWith(path + '\t'));
    rows.erase(0, rows.find('\n') + 1);
  }
  EXPECT_EQ(rows, "");
}

TEST_F(countips_input, is_read_once_whatever_its_names) {
  const std::string log = write("log", content_of(packed + "access.log"));
  std::filesystem::create_hard_link(log, directory_.path() / "hard");
  std::filesystem::create_symlink("log", directory_.path() / "soft");
  const std::string want = "2024-05-04\t1\t1\n2024-05-05\t1\t1\n";
  EXPECT_EQ(count_rows({log, directory_.path(), log, directory_.path() / "soft"}).out, want);
}

TEST_F(countips_input, may_be_a_pattern_in_quotes) {
  EXPECT_EQ(count_rows({packed + "*.[gx]z"}).out, "2024-05-01\t2\t2\n2024-05-04\t2\t1\n");
  const run_result none = count_rows({packed + "*.lz"});
  EXPECT_EQ(none.status, 1);
  EXPECT_EQ(none.err, "countips: cannot open '" + packed + "*.lz': No such file or directory\n");
}

TEST_F(countips_input, may_be_a_list_of_names) {
  const std::string names = packed + "access.log.1.xz" + '\0' + packed + "access.log" + '\0';
  const std::string want = "2024-05-04\t3\t2\n2024-05-05\t1\t1\n";
  EXPECT_EQ(count_rows({"--files0-from", write("list", names)}).out, want);
  EXPECT_EQ(count_rows({"--files0-from=-"}, {.input = names}).out, want);
  EXPECT_EQ(count_rows({"-0"}, {.input = names}).out, want);
  const run_result nothing = count_rows({"-0"}, {.stdin_from = "/dev/null"});
  EXPECT_EQ(nothing.out + nothing.err, "");
  EXPECT_EQ(nothing.status, 0);
}

TEST_F(countips_input, with_a_bad_list_is_told) {
  const std::string list = write("list", packed + "access.log" + std::string(2, '\0'));
  const run_result empty = count_rows({"--files0-from", list});
  EXPECT_EQ(empty.status, 1);
  EXPECT_EQ(empty.err, "countips: '" + list + ":2': the name is empty\n");
  EXPECT_EQ(empty.out, "2024-05-04\t1\t1\n2024-05-05\t1\t1\n");
  const std::string missing = directory_.path() / "missing";
  const run_result none = count_rows({"--files0-from", missing});
  EXPECT_EQ(none.status, 2);
  EXPECT_EQ(none.err, "countips: cannot open '" + missing + "': No such file or directory\n");
  const run_result both = count_rows({"-0", packed}, {.input = ""});
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.err, HasSubstr("cannot be combined with a list of names"));
}

TEST_F(countips_input, is_standard_input_once_at_most) {
  const std::string twice = "countips: standard input can be read only once\n";
  EXPECT_THAT(count_rows({"-", packed, "-"}).err, StartsWith(twice));
  EXPECT_EQ(count_rows({"-", "-"}).status, 2);
  EXPECT_THAT(count_rows({"-0"}, {.input = "-"}).err, StartsWith(twice));
}

void expect_end_at_first_interrupt(support::pty& terminal) {
  terminal.wait_for("files");  // The bar: signals are caught by now.
  terminal.wait_asleep();
  terminal.type("\x03");
  EXPECT_EQ(terminal.finish().signal, SIGINT);
}

TEST_F(countips_input, that_is_an_idle_terminal_ends_at_the_first_interrupt) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  for (const std::string jobs : {"-j1", "-j2"}) {
    support::pty terminal({BIN_DIR "/countips", jobs});
    expect_end_at_first_interrupt(terminal);
  }
}

TEST_F(countips_input, that_is_an_idle_pipe_ends_at_the_first_interrupt) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const std::string pipe = directory_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const support::unique_fd writer(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
  const std::string before = content_of(packed + "access.log");  // Something, then nothing more.
  ASSERT_GT(::write(writer.get(), before.data(), before.size()), 0);
  for (const std::string jobs : {"-j1", "-j2"}) {
    support::pty terminal({"/bin/sh", "-c", "exec " BIN_DIR "/countips " + jobs + " < " + pipe});
    expect_end_at_first_interrupt(terminal);
  }
}

}  // namespace
