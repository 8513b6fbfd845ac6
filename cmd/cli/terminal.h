// What kind of terminal, if any, a descriptor leads to.
#pragma once

namespace cli {

[[nodiscard]] bool is_terminal(int descriptor) noexcept;

// A terminal that can move the cursor and erase: not TERM=dumb, and TERM is set.
[[nodiscard]] bool is_capable_terminal(int descriptor) noexcept;

// Its width now, which changes with the window; 80 if it is none or does not say.
[[nodiscard]] int terminal_columns(int descriptor) noexcept;

// Its height now; 24 if it is none or does not say.
[[nodiscard]] int terminal_rows(int descriptor) noexcept;

// Whether the locale of the environment (LC_ALL, LC_CTYPE, LANG) writes UTF-8; false if the system
// does not have that locale.
[[nodiscard]] bool is_utf8_locale() noexcept;

// False while our process group is in the terminal's background, where the terminal's last line
// belongs to another program.
[[nodiscard]] bool is_in_foreground(int descriptor) noexcept;

enum class when { automatic, always, never };

// Whether to colour what goes to the descriptor: automatic means a capable terminal, and NO_COLOR
// not set to anything (https://no-color.org).
[[nodiscard]] bool wants_color(when wish, int descriptor) noexcept;

}  // namespace cli
