// copytree as its users run it, beside the system's cp.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "support/random_tree.h"
#include "support/run.h"
#include "support/spawn.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::dir;
using support::file;
using support::hard_link;
using support::run;
using support::run_result;
using support::symlink;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string program = BIN_DIR "/copytree";

// A working directory with "a" in it, made as described.
class copytree_e2e : public testing::Test {
 protected:
  void make(const support::tree& entries) {
    fs::create_directory(temp_.path() / "a");
    support::make_tree(temp_.path() / "a", entries);
  }

  run_result copytree(std::vector<std::string> arguments, const std::string& directory = "") {
    arguments.insert(arguments.begin(), program);
    return run(arguments, {.directory = directory.empty() ? path("") : directory,
                           .environment = {"LC_ALL=C"}});
  }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }

 private:
  support::temp_dir temp_;
};

std::vector<std::string> sorted_lines(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

bool cp_is_gnu() {
  return run({"sh", "-c", "cp --version"}).out.find("GNU coreutils") != std::string::npos;
}

TEST_F(copytree_e2e, copies_as_cp_a_does) {
  if (!cp_is_gnu()) GTEST_SKIP() << "no GNU cp";
  make({});
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const std::string source = path("source" + std::to_string(seed));
    fs::create_directory(source);
    support::make_tree(source, support::random_tree(seed, 200));
    ASSERT_EQ(run({"cp", "-a", source, source + ".cp"}).status, 0);
    EXPECT_EQ(copytree({source, source + ".copytree"}).status, 0);
    EXPECT_THAT(support::differences(source + ".cp", source + ".copytree"), IsEmpty());
  }
}

TEST_F(copytree_e2e, makes_the_same_tree_with_every_backend_and_any_number_of_threads) {
  make(support::random_tree(7, 300));
  const std::string help = copytree({"--help"}).out;
  for (const std::string backend : {"serial", "threads", "tbb", "processes"}) {
    if (help.find(backend) == std::string::npos) continue;  // Not in this build.
    for (const std::string jobs : {"1", "2", "7"}) {
      SCOPED_TRACE(backend + " " + jobs);
      const std::string copy = "copy-" + backend + jobs;
      const run_result result = copytree({"--backend", backend, "-j", jobs, "a", copy});
      EXPECT_EQ(result.status, 0) << result.err;
      EXPECT_THAT(support::differences(path("a"), path(copy)), IsEmpty());
    }
  }
}

struct worded_case {
  const char* name;
  std::vector<std::string> operands;
};

// Refusals that both word alike. Where one cannot even begin, copytree's status is 2.
const worded_case worded[] = {
    {"missing source", {"no", "to"}},
    {"missing source, new name", {"no", "new"}},
    {"some missing", {"no", "a/f", "to"}},
    {"onto itself", {"a/f", "a/f"}},
    {"onto itself by its directory", {"a/f", "a"}},
    {"directory onto itself", {"a", "."}},
    {"into itself", {"a", "a/d"}},
    {"directory over file", {"a/d", "a/f"}},
    {"file over directory", {"a/f", "to-with-f"}},
    {"two of one name", {"a/f", "b/f", "to"}},
    {"no such target", {"a/f", "b/f", "no"}},
    {"target no directory", {"a", "b", "a/f"}},
    {"no parent", {"a/f", "no/new"}},
    {"no parent of directory", {"a/d", "no/new"}},
    {"file as directory", {"a/f", "new/"}},
    {"trailing slash on a file", {"a/f/", "to"}},
};

std::string without_name(const std::string& messages) {
  std::string text;
  for (std::string line : sorted_lines(messages)) {
    line = line.substr(line.find(": ") + 2);
    if (line != "1 error") text += line + "\n";
  }
  return text;
}

TEST_F(copytree_e2e, words_its_refusals_as_cp_does) {
  if (!cp_is_gnu()) GTEST_SKIP() << "no GNU cp";
  const support::tree world = {dir("a"),         dir("a/d"), file("a/f", "x"), dir("b"),
                               file("b/f", "y"), dir("to"),  dir("to-with-f"), dir("to-with-f/f")};
  for (const worded_case& c : worded) {
    SCOPED_TRACE(c.name);
    const support::temp_dir ours;
    const support::temp_dir theirs;
    support::make_tree(ours.path(), world);
    support::make_tree(theirs.path(), world);
    std::vector<std::string> cp = {"cp", "-a"};
    cp.insert(cp.end(), c.operands.begin(), c.operands.end());
    std::vector<std::string> copy = {"-q"};
    copy.insert(copy.end(), c.operands.begin(), c.operands.end());
    const run_result wanted = run(cp, {.directory = theirs.path(), .environment = {"LC_ALL=C"}});
    const run_result got = copytree(copy, ours.path());
    EXPECT_EQ(without_name(got.err), without_name(wanted.err));
    EXPECT_EQ(wanted.status, 1);
    EXPECT_THAT(got.status, testing::AnyOf(1, 2));
  }
}

TEST_F(copytree_e2e, lists_what_it_copies_as_cp_does) {
  if (!cp_is_gnu()) GTEST_SKIP() << "no GNU cp";
  make({dir("d"), file("d/f", "x"), symlink("l", "d"), hard_link("h", "d/f")});
  for (const std::string source : {"a", "a/", "a/.", "a/d/.."}) {
    SCOPED_TRACE(source);
    fs::create_directory(path("to"));
    const run_result ours = copytree({"-v", source, "to"});
    fs::remove_all(path("to"));
    fs::create_directory(path("to"));
    const run_result theirs =
        run({"cp", "-av", source, "to"}, {.directory = path(""), .environment = {"LC_ALL=C"}});
    fs::remove_all(path("to"));
    EXPECT_EQ(sorted_lines(ours.out), sorted_lines(theirs.out));
  }
}

TEST_F(copytree_e2e, lists_in_a_dry_run_what_it_then_copies) {
  make(support::random_tree(11, 200));
  const run_result dry = copytree({"--dry-run", "a", "new"});
  EXPECT_FALSE(fs::exists(path("new")));
  const run_result real = copytree({"-v", "a", "new"});
  EXPECT_EQ(dry.status, 0);
  EXPECT_EQ(sorted_lines(dry.out), sorted_lines(real.out));
  EXPECT_THAT(dry.err, StartsWith("would copy "));
  EXPECT_THAT(real.err, StartsWith("copied "));
}

TEST_F(copytree_e2e, copies_beside_the_source_under_the_name_of_a_backup) {
  make({dir("d"), file("d/f", "x")});
  EXPECT_EQ(copytree({"--backup-copy", "d/."}, path("a")).status, 0);
  EXPECT_THAT(support::differences(path("a/d"), path("a/d[backup]")), IsEmpty());

  const run_result again = copytree({"--backup-copy", "a/d/"});
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("a/d[backup]' already exists"));
  EXPECT_EQ(copytree({"--backup-copy", "/"}).status, 2);
  EXPECT_EQ(copytree({"--backup-copy", "a", "b"}).status, 2);
}

TEST_F(copytree_e2e, summarises_for_machines) {
  make({dir("d"), file("d/f", "12345"), symlink("l", "x"), hard_link("h", "d/f")});
  const run_result result = copytree({"-q", "--json", "a", "new"});
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("{\"files\":1,\"directories\":2,\"symlinks\":1,"
                                     "\"hard_links\":1,\"specials\":0,\"bytes\":5,\"errors\":0,"));
}

TEST_F(copytree_e2e, tells_with_json_alone_what_it_copied_on_standard_error) {
  make({file("f", "x")});
  const run_result result = copytree({"-v", "--json", "a", "new"});
  EXPECT_EQ(sorted_lines(result.out).size(), 1u);
  EXPECT_THAT(result.err, HasSubstr("'a/f' -> 'new/f'\n"));
}

TEST_F(copytree_e2e, reports_errors_counts_them_and_goes_on) {
  make({dir("d"), file("d/f", "x"), file("f", "x")});
  support::make_tree(path(""), {dir("to"), dir("to/a"), file("to/a/d"), dir("to/a/f")});
  const run_result result = copytree({"a", "to"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("copytree: cannot overwrite directory 'to/a/f' with "
                                    "non-directory\n"));
  EXPECT_THAT(result.err, HasSubstr("copytree: cannot overwrite non-directory 'to/a/d' with "
                                    "directory 'a/d'\n"));
  EXPECT_THAT(result.err, testing::EndsWith("copytree: 2 errors\n"));
}

TEST_F(copytree_e2e, needs_a_destination) {
  make({});
  const run_result result = copytree({"a"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err,
            "copytree: missing destination operand after 'a'\n"
            "Try 'copytree --help' for more information.\n");
}

TEST_F(copytree_e2e, escapes_names) {
  make({file("new\nline\x1b", "x")});
  const run_result result = copytree({"-v", "a", "new"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, HasSubstr("'a/new\\nline\\033'"));
  EXPECT_THAT(support::differences(path("a"), path("new")), IsEmpty());
}

TEST_F(copytree_e2e, fails_if_the_list_cannot_be_written) {
  make({file("f", "x")});
  const run_result result =
      run({program, "-v", path("a"), path("new")}, {.stdout_to = "/dev/full"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("No space left on device"));
}

TEST_F(copytree_e2e, manages_with_64_open_files) {
  support::tree tree;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "d" + std::to_string(i);
    tree.push_back(dir(name));
    tree.push_back(dir(name + "/sub"));
    tree.push_back(file(name + "/sub/f", "x"));
  }
  make(tree);
  for (const std::string jobs : {"1", "2", "7"}) {
    const run_result result = run({"sh", "-c", "ulimit -n 64; exec \"$@\"", "sh", program, "-q",
                                   "-j", jobs, path("a"), path("copy" + jobs)});
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(support::differences(path("a"), path("copy" + jobs)), IsEmpty());
  }
}

// Through another mount a directory can lie in itself where no path shows it.
TEST_F(copytree_e2e, is_not_led_in_circles_by_bind_mounts) {
  make({dir("f"), dir("m"), dir("d"), file("d/x", "x")});
  support::make_tree(path(""), {dir("to"), dir("to/a"), dir("to/a/d")});
  const run_result result =
      run({"unshare", "-m", "sh", "-c",
           "mount --bind to/a a/m && mount --bind to a/f && mount --bind a/d to/a/d || exit 77; "
           "exec \"$1\" a to",
           "sh", program},
          {.directory = path(""), .environment = {"LC_ALL=C"}});
  if (result.status == 77 || result.err.starts_with("unshare")) {
    GTEST_SKIP() << "may not mount: " << result.err;
  }
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("cannot copy a directory, 'a/m', into itself, 'to/a/m'\n"));
  EXPECT_THAT(result.err, HasSubstr("cannot copy a directory, 'a/f', into itself, 'to/a/f'\n"));
  EXPECT_THAT(result.err, HasSubstr("'a/d' and 'to/a/d' are the same file\n"));
  EXPECT_THAT(result.err, testing::EndsWith("copytree: 3 errors\n"));
}

TEST_F(copytree_e2e, progress_ends_at_all_there_is) {
  make(support::random_tree(5, 100));
  const run_result result = copytree({"--progress=json", "a", "new"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, HasSubstr("\"items\":101,"));
}

void send(pid_t child, int number) {
  if (::kill(child, number) != 0) throw std::system_error(errno, std::generic_category(), "kill");
}

// Its list goes into a pipe that nobody reads at first, so that it cannot get to its end: 2,000
// lines of 400 bytes do not fit.
TEST_F(copytree_e2e, interrupted_leaves_only_complete_files) {
  const std::string content(20'000, 'x');
  support::tree tree;
  for (int i = 0; i < 2'000; ++i) {
    tree.push_back(file(std::to_string(i) + std::string(190, 'n'), content));
  }
  make(tree);
  std::array<int, 2> list{};
  ASSERT_EQ(::pipe2(list.data(), O_CLOEXEC), 0);
  support::unique_fd reading(list[0]);
  support::unique_fd writing(list[1]);
  const pid_t child = support::spawn(
      {.argv = {program, "-v", "a", "new"},
       .directory = path(""),
       .environment = {},
       .descriptors = {{.target = 1, .from = writing.get()}, {.target = 2, .open = "/dev/null"}},
       .ignored_signals = {}});
  writing.reset();
  char first = 0;
  ASSERT_EQ(::read(reading.get(), &first, 1), 1);  // By now it is at work.
  send(child, SIGINT);
  std::string block(65'536, '\0');
  while (::read(reading.get(), block.data(), block.size()) > 0) {
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);

  std::size_t copied = 0;
  for (const auto& entry : fs::directory_iterator(path("new"))) {
    ++copied;
    EXPECT_EQ(entry.file_size(), content.size()) << entry.path();
    EXPECT_TRUE(fs::exists(path("a") / entry.path().filename())) << entry.path();
  }
  EXPECT_GT(copied, 0u);
  EXPECT_LT(copied, 2'000u);
}

}  // namespace
