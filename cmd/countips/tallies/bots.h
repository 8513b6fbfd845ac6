// Which user agents are programs that nobody sits in front of.
#pragma once

#include <cstdint>
#include <string_view>

namespace countips {

enum class bot_choice : std::uint8_t { include, exclude, only };

// True if the agent says that it is a crawler, a feed reader, a monitor, a scanner, a preview of a
// link, or a library or tool that programs fetch with. It is taken at its word: what pretends to be
// a browser counts as one. No agent, and "-", is no bot: nothing is known of it. Upper and lower
// case are the same. Thread-safe.
[[nodiscard]] bool is_bot(std::string_view agent);

}  // namespace countips
