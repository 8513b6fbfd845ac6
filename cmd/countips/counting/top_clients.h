// The clients with the most requests.
#pragma once

#include <cstddef>
#include <vector>

#include "countips/clients/client_counts.h"
#include "countips/clients/client_rules.h"
#include "countips/counting/report.h"

namespace countips {

// At most so many, those with the most requests first; of several with as many, the one whose text
// comes first in the order of its bytes. So the answer is the same however it was counted.
[[nodiscard]] std::vector<top_client> top_clients(const client_counts& counts, std::size_t most,
                                                  const client_rules& rules);

}  // namespace countips
