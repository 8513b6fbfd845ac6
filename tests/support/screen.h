// What a terminal would show of the bytes that it was sent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace support {

// Knows what our commands send and no more: text, \r, \n, erase to the end of the line, up so
// many lines followed by erase to the end of the screen, and codes for colour and for the wrapping
// of long lines, which it leaves out. Anything else throws std::runtime_error. A line that gets
// longer than the terminal is wide goes on in the next, as on a real one; a character counts one
// column.
class screen {
 public:
  explicit screen(int columns) : columns_(static_cast<std::size_t>(columns)) {}

  void feed(std::string_view bytes);

  // All lines since the beginning, the last one is where the cursor stands. No trailing spaces.
  [[nodiscard]] std::vector<std::string> lines() const;

  // How often a line was too long.
  [[nodiscard]] int wrapped() const noexcept { return wrapped_; }

 private:
  void put(std::string_view character);
  std::string_view skip_escape(std::string_view rest);

  const std::size_t columns_;
  std::vector<std::vector<std::string>> cells_ = {{}};
  std::size_t column_ = 0;
  std::size_t above_ = 0;  // How many lines the cursor stands above the last.
  int wrapped_ = 0;
};

}  // namespace support
