// How a made-up request is written in the formats of several servers.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "request.h"

namespace generate {

struct line_writer {
  std::string_view name;                                 // Of the format.
  std::string_view header;                               // What a log begins with, if anything.
  void (*append)(const request& what, std::string& to);  // A line with its line end.
};

// "combined" is the first.
[[nodiscard]] std::span<const line_writer> line_writers();

// Null if there is none of that name.
[[nodiscard]] const line_writer* line_writer_named(std::string_view name);

}  // namespace generate
