// The one name of a virtual host.
#pragma once

#include <string>
#include <string_view>

namespace countips {

// Without a port and a dot at the end, in small letters: "WWW.Example.com.:443" is
// "www.example.com". "-" if there is no name. Thread-safe.
[[nodiscard]] std::string canonical_host(std::string_view host);

}  // namespace countips
