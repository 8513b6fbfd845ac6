// The values of options: whatever the text, each parser refuses it with a reason, or gives what is
// consistent with itself.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "countips/records/status_set.h"
#include "countips/shell/arguments.h"
#include "fuzz/require.h"

namespace {

using countips::client_rules;
using countips::status_set;

// A moment begins before it ends, and what is said more precisely lies within.
void try_moment(std::string_view text) {
  const auto at = countips::parse_moment(text);
  if (!at) return require(!at.error().empty());
  require(at->first < at->next);
  require(at->first.second < 86400 && at->next.second <= 86400);
  const bool is_open = text.size() == 4 || text.size() == 7 || text.size() == 10;
  if (!is_open) return;
  const std::string more = std::string(text) + (text.size() == 10 ? "T00" : "-01");
  const auto within = countips::parse_moment(more);
  require(within && within->first == at->first && within->next <= at->next);
}

// "!" before a set is the set of all others; no set holds what is no number.
void try_statuses(std::string_view text) {
  const auto set = status_set::parse(text);
  if (!set) return;
  require(!set->contains("") && !set->contains("-") && !set->contains("1000"));
  if (text.starts_with('!')) return require(status_set::parse(text.substr(1)).has_value());
  const auto others = status_set::parse("!" + std::string(text));
  require(others.has_value());
  for (int status = 0; status < 1000; ++status) {
    const std::string number = std::to_string(status);
    require(set->contains(number) != others->contains(number));
  }
}

void try_rules(std::string_view text) {
  client_rules rules;
  const auto chosen = countips::parse_client_choice(text, rules);
  if (!chosen) require(!chosen.error().empty());
  if (chosen && rules.which == client_rules::pick::trusted) require(!rules.trusted.empty());
  for (const countips::network& net : rules.trusted) {
    require(net.bits <= (std::holds_alternative<countips::ipv4_address>(net.address) ? 32 : 128));
  }
  const auto prefix = countips::parse_prefix(text, rules);
  if (!prefix) require(!prefix.error().empty());
  require(rules.nth >= 1 && rules.nth <= 1000 && rules.ipv4_bits <= 32 && rules.ipv6_bits <= 128);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_moment(text);
  try_statuses(text);
  try_rules(text);
  return 0;
}
