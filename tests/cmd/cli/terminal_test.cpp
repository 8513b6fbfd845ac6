#include "cli/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "cmd/cli/capture.h"
#include "support/pseudo_terminals.h"
#include "support/spawn.h"

namespace cli {
namespace {

// A terminal of our own, without a program on it.
class bare_terminal {
 public:
  bare_terminal() : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    ::unlockpt(master_.get());
    slave_ = support::unique_fd(::open(::ptsname(master_.get()), O_RDWR | O_NOCTTY));
  }
  [[nodiscard]] int descriptor() const { return slave_.get(); }
  void resize(unsigned short columns) const {
    winsize size{};
    size.ws_col = columns;
    ::ioctl(master_.get(), TIOCSWINSZ, &size);
  }

 private:
  support::unique_fd master_;
  support::unique_fd slave_;
};

// Sets a variable for a scope.
class variable {
 public:
  variable(const char* name, const char* value) : name_(name) {
    const char* const old = ::getenv(name);
    had_ = old != nullptr;
    if (had_) old_ = old;
    if (value == nullptr) {
      ::unsetenv(name);
    } else {
      ::setenv(name, value, 1);
    }
  }
  ~variable() {
    if (had_) {
      ::setenv(name_, old_.c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;

 private:
  const char* name_;
  bool had_ = false;
  std::string old_;
};

TEST(terminal, a_file_is_none) {
  const capture file;
  EXPECT_FALSE(is_terminal(file.descriptor()));
  EXPECT_FALSE(is_capable_terminal(file.descriptor()));
  EXPECT_EQ(terminal_columns(file.descriptor()), 80);
  EXPECT_EQ(terminal_rows(file.descriptor()), 24);
  EXPECT_TRUE(is_in_foreground(file.descriptor()));
}

TEST(terminal, says_its_width_each_time) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const bare_terminal terminal;
  EXPECT_TRUE(is_terminal(terminal.descriptor()));
  EXPECT_EQ(terminal_columns(terminal.descriptor()), 80) << "it has no size yet";
  terminal.resize(33);
  EXPECT_EQ(terminal_columns(terminal.descriptor()), 33);
  terminal.resize(120);
  EXPECT_EQ(terminal_columns(terminal.descriptor()), 120);
}

TEST(terminal, dumb_ones_are_not_capable) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const bare_terminal terminal;
  const std::pair<const char*, bool> cases[] = {
      {"xterm", true}, {"dumb", false}, {"", false}, {nullptr, false}};
  for (const auto& [kind, want] : cases) {
    const variable term("TERM", kind);
    EXPECT_EQ(is_capable_terminal(terminal.descriptor()), want) << (kind ? kind : "(unset)");
  }
}

struct color_case {
  when wish;
  bool on_terminal;
  const char* no_color;
  bool want;
};

TEST(terminal, wants_color) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const bare_terminal terminal;
  const capture file;
  const variable term("TERM", "xterm");
  const color_case cases[] = {
      {when::automatic, true, nullptr, true}, {when::automatic, true, "", true},
      {when::automatic, true, "1", false},    {when::automatic, false, nullptr, false},
      {when::always, false, "1", true},       {when::never, true, nullptr, false},
  };
  for (const color_case& c : cases) {
    const variable no_color("NO_COLOR", c.no_color);
    EXPECT_EQ(wants_color(c.wish, c.on_terminal ? terminal.descriptor() : file.descriptor()),
              c.want);
  }
}

TEST(terminal, asks_the_locale_for_utf8) {
  const variable all("LC_ALL", "C.UTF-8");
  EXPECT_TRUE(is_utf8_locale());
  const variable none("LC_ALL", nullptr);
  const variable plain("LC_CTYPE", "C");
  const variable language("LANG", "C.UTF-8");
  EXPECT_FALSE(is_utf8_locale());
  const variable unset("LC_CTYPE", nullptr);
  EXPECT_TRUE(is_utf8_locale());
  const variable missing("LANG", "no_SUCH.UTF-8");
  EXPECT_FALSE(is_utf8_locale());
}

}  // namespace
}  // namespace cli
