#include "support/screen.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace support {
namespace {

std::size_t bytes_of_character(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

void screen::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const char first = bytes.front();
    if (first == '\x1b') {
      bytes = skip_escape(bytes);
      continue;
    }
    const std::size_t size = bytes_of_character(first);
    if (first == '\r') {
      column_ = 0;
    } else if (first == '\n') {
      cells_.emplace_back();  // The terminal's driver has sent a \r before it.
    } else {
      put(bytes.substr(0, size));
    }
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
}

void screen::put(std::string_view character) {
  if (above_ != 0) throw std::runtime_error("text above the last line");
  if (static_cast<unsigned char>(character.front()) < 0x20) {
    throw std::runtime_error("control character " + std::to_string(character.front()));
  }
  if (column_ == columns_) {
    ++wrapped_;
    cells_.emplace_back();
    column_ = 0;
  }
  std::vector<std::string>& line = cells_.back();
  if (line.size() <= column_) line.resize(column_ + 1, " ");
  line[column_++] = character;
}

std::string_view screen::skip_escape(std::string_view rest) {
  const std::size_t end = rest.find_first_of("mKAJlh");
  if (!rest.starts_with("\x1b[") || end == std::string_view::npos) {
    throw std::runtime_error("unknown escape " + std::string(rest.substr(1, 8)));
  }
  if (rest[end] == 'A') {
    above_ = std::stoul(std::string(rest.substr(2, end - 2)));
    if (above_ >= cells_.size()) throw std::runtime_error("cursor above the screen");
  } else if (rest[end] == 'J') {
    cells_.resize(cells_.size() - std::exchange(above_, 0));
    cells_.back().resize(std::min(cells_.back().size(), column_));
  } else if (rest[end] == 'l' || rest[end] == 'h') {
    if (rest.substr(2, end - 2) != "?7") throw std::runtime_error("unknown mode");
  } else if (rest[end] == 'K') {
    if (end != 2) throw std::runtime_error("unknown form of erasing");
    if (cells_.back().size() > column_) cells_.back().resize(column_);
  }
  return rest.substr(end + 1);
}

std::vector<std::string> screen::lines() const {
  std::vector<std::string> all;
  for (const std::vector<std::string>& cells : cells_) {
    std::string line;
    for (const std::string& cell : cells) line += cell;
    line.erase(line.find_last_not_of(' ') + 1);
    all.push_back(line);
  }
  return all;
}

}  // namespace support
