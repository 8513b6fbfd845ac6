// The texts that JSON strings stand for.
#pragma once

#include <string>
#include <string_view>

namespace countips {

// Appends what a string without its quotes stands for: UTF-8, in at most as many bytes. Beyond what
// JSON has it knows \xHH, which nginx writes by default for a byte; any other backslash stands for
// itself, and half of a surrogate pair for U+FFFD.
void append_unescaped(std::string_view raw, std::string& into);

}  // namespace countips
