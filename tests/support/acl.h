// Access control lists and file capabilities, as the bytes of the extended attributes they are.
#pragma once

#include <string>
#include <string_view>

namespace support {

inline constexpr const char* access_list = "system.posix_acl_access";
inline constexpr const char* default_list = "system.posix_acl_default";
inline constexpr const char* capability = "security.capability";

// Of a list in its short text form, with numbers for names and all of its entries in the order that
// the kernel wants: "u::rwx,u:1000:r--,g::r-x,g:50:rw-,m::rwx,o::---". Throws
// std::invalid_argument.
[[nodiscard]] std::string acl_bytes(std::string_view text);

// Of one capability, permitted and effective.
[[nodiscard]] std::string capability_bytes(unsigned number);

}  // namespace support
