// What servers write into templates of JSON where the value of a variable has no quotes.
#pragma once

#include <span>

namespace countips {

// Makes JSON of it in place, so that all else stays where it is:
//
//   {"time":,"took":0.1, 0.2,"status":200}   {"xxx":0,"took":0.1     ,"status":200}
//
// A value that is missing becomes a number under another key, and of several the first is left. A
// value ends at a brace, or at a comma before a quote. False if there was nothing to do. As in
// simdjson a backslash escapes a quote also outside strings.
[[nodiscard]] bool mend_values(std::span<char> document);

}  // namespace countips
