#include "countips/shell/client_options.h"

#include "countips/shell/arguments.h"
#include "countips/shell/option_value.h"

namespace countips {

std::vector<cli::option> client_options(read_rules& rules) {
  client_rules& clients = rules.clients;
  return {
      option_value(
          "client", "WHICH",
          "Which of a list of proxies is the client: first (the default), last, a number that "
          "counts from the end (the first of a shorter list), or trusted=NETWORK,...: the last "
          "that is in none of these.",
          [&clients](std::string_view text) { return parse_client_choice(text, clients); }),
      cli::choice<bool>(
          "client-field", '\0', "FIELD",
          "Where a format has both, take the client from the field of the peer that has connected, "
          "or from the one that proxies fill in (X-Forwarded-For).",
          {{"peer", false}, {"forwarded", true}}, rules.forwarded),
      option_value("prefix", "BITS",
                   "Count networks instead of addresses: 24,64 takes the first 24 bits of IPv4 "
                   "addresses and 64 of IPv6.",
                   [&clients](std::string_view text) { return parse_prefix(text, clients); }),
      cli::choice<client_rules::host_names>(
          "hosts", '\0', "HOW",
          "Count host names as clients of their own, in a column of their own, or reject their "
          "lines.",
          {{"count", client_rules::host_names::count},
           {"separate", client_rules::host_names::separate},
           {"reject", client_rules::host_names::reject}},
          clients.hosts),
  };
}

cli::option top_option(std::size_t& top) {
  constexpr std::size_t most = 1'000'000;
  cli::option made = cli::number(
      "top", '\0', "N",
      "Name the N clients of each group that have the most requests, with their numbers.", top, 1,
      most);
  made.preset.clear();
  return made;
}

}  // namespace countips
