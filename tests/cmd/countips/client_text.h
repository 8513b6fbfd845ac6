// Clients as texts, for tests.
#pragma once

#include <string>

#include "countips/clients/client.h"

namespace countips {

// An address as inet_ntop writes it, or the name.
[[nodiscard]] std::string text_of(const client& who);

}  // namespace countips
