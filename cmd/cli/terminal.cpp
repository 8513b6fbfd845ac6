#include "cli/terminal.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <string_view>

namespace cli {
namespace {

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool is_terminal(int descriptor) noexcept {
  return ::isatty(descriptor) == 1;
}

bool is_capable_terminal(int descriptor) noexcept {
  const std::string_view kind = variable("TERM");
  return is_terminal(descriptor) && !kind.empty() && kind != "dumb";
}

int terminal_columns(int descriptor) noexcept {
  constexpr int usual = 80;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

int terminal_rows(int descriptor) noexcept {
  constexpr int usual = 24;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return usual;
  return size.ws_row;
}

bool is_utf8_locale() noexcept {
  const locale_t its = ::newlocale(LC_CTYPE_MASK, "", nullptr);
  if (its == nullptr) return false;
  const bool is_utf8 = ::nl_langinfo_l(CODESET, its) == std::string_view("UTF-8");
  ::freelocale(its);
  return is_utf8;
}

bool is_in_foreground(int descriptor) noexcept {
  const pid_t foreground = ::tcgetpgrp(descriptor);
  return foreground < 0 || foreground == ::getpgrp();  // Below 0: not our terminal, or none.
}

bool wants_color(when wish, int descriptor) noexcept {
  if (wish != when::automatic) return wish == when::always;
  return is_capable_terminal(descriptor) && variable("NO_COLOR").empty();
}

}  // namespace cli
