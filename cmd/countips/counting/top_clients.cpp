#include "countips/counting/top_clients.h"

#include <algorithm>
#include <utility>

#include "countips/clients/client_text.h"

namespace countips {

namespace {

bool comes_before(const top_client& a, const top_client& b) {
  return a.requests != b.requests ? a.requests > b.requests : a.client < b.client;
}

}  // namespace

std::vector<top_client> top_clients(const client_counts& counts, std::size_t most,
                                    const client_rules& rules) {
  std::vector<top_client> best;  // A heap, the last of them in front.
  counts.for_each([&](const client& who, std::uint64_t requests) {
    if (best.size() == most && (most == 0 || requests < best.front().requests)) return;
    best.push_back({client_text(who, rules), requests});
    std::ranges::push_heap(best, comes_before);
    if (best.size() <= most) return;
    std::ranges::pop_heap(best, comes_before);
    best.pop_back();
  });
  std::ranges::sort_heap(best, comes_before);
  return best;
}

}  // namespace countips
