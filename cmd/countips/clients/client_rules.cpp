#include "countips/clients/client_rules.h"

#include <algorithm>
#include <cstdint>

namespace countips {

namespace {

std::string_view trim(std::string_view text) {
  const auto is_edge = [](char c) { return c == ' ' || c == '\t' || c == '"' || c == '\r'; };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "[2001:db8::1]", "[2001:db8::1]:443"
std::optional<client> bracketed(std::string_view text) {
  const std::size_t end = text.find(']');
  if (!text.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(end + 1);
  if (!behind.empty() && !(behind.starts_with(':') && is_port(behind.substr(1)))) {
    return std::nullopt;
  }
  return address_client(text.substr(1, end - 1));
}

// What stands before a port; empty if there is none.
std::string_view before_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && is_port(text.substr(colon + 1));
  return has_port ? text.substr(0, colon) : std::string_view();
}

bool is_nobody(std::string_view entry) {
  entry = trim(entry);
  return entry.empty() || entry == "-";
}

std::optional<client> one_client(std::string_view text) {
  text = trim(text);
  if (is_nobody(text)) return std::nullopt;
  if (const auto address = address_named(text)) return address;
  if (const std::string_view host = before_port(text); is_host_name(host)) return client(host);
  if (is_host_name(text)) return client(text);
  return std::nullopt;
}

std::uint64_t leading(std::uint64_t bits, unsigned count) {
  if (count == 0) return 0;
  return count >= 64 ? bits : bits & ~(~std::uint64_t{0} >> count);
}

bool is_within(const client& who, const network& net) {
  client_rules of_net;
  of_net.ipv4_bits = of_net.ipv6_bits = net.bits;
  return who.index() == net.address.index() && masked(who, of_net) == masked(net.address, of_net);
}

bool is_trusted(const client& who, const client_rules& rules) {
  return std::ranges::any_of(rules.trusted,
                             [&](const network& net) { return is_within(who, net); });
}

// Takes the first of a list off it.
std::string_view take_first(std::string_view& list) {
  const std::size_t comma = std::min(list.find(','), list.size());
  const std::string_view first = list.substr(0, comma);
  list.remove_prefix(std::min(comma + 1, list.size()));
  return first;
}

// Takes the last of a list off it.
std::string_view take_last(std::string_view& list) {
  const std::size_t comma = list.rfind(',');
  const std::string_view last = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  return last;
}

// The last that is not trusted; the first, if all are.
std::optional<client> last_untrusted(std::string_view list, const client_rules& rules) {
  std::optional<client> found;
  while (!list.empty()) {
    const auto each = one_client(take_last(list));
    if (!each) continue;
    found = each;
    if (!is_trusted(*each, rules)) break;
  }
  return found;
}

std::string_view first_somebody(std::string_view list) {
  std::string_view found;
  while (!list.empty() && is_nobody(found)) found = take_first(list);
  return found;
}

// From the end; the first of a shorter list.
std::string_view nth_somebody(std::string_view list, std::size_t nth) {
  std::string_view found;
  for (std::size_t seen = 0; seen < nth && !list.empty();) {
    const std::string_view each = take_last(list);
    if (is_nobody(each)) continue;
    found = each;
    ++seen;
  }
  return found;
}

std::optional<client> pick(std::string_view list, const client_rules& rules) {
  if (list.find(',') == std::string_view::npos) return one_client(list);
  switch (rules.which) {
    case client_rules::pick::first:
      return one_client(first_somebody(list));
    case client_rules::pick::last:
      return one_client(nth_somebody(list, 1));
    case client_rules::pick::nth:
      return one_client(nth_somebody(list, rules.nth));
    case client_rules::pick::trusted:
      return last_untrusted(list, rules);
  }
  return std::nullopt;
}

bool is_unknown(const client& who) {
  const auto* const name = std::get_if<std::string_view>(&who);
  return name != nullptr && *name == "unknown";
}

}  // namespace

// Without brackets the port of an IPv6 address cannot be told from its last group where the address
// may be a whole one without: then there is no port.
std::optional<client> address_named(std::string_view text) {
  if (const auto address = address_client(text)) return address;
  if (text.starts_with('[')) return bracketed(text);
  const std::string_view host = before_port(text);
  return host.empty() ? std::nullopt : address_client(host);
}

client masked(const client& who, const client_rules& rules) {
  if (const auto* v4 = std::get_if<ipv4_address>(&who)) {
    const std::uint64_t wide = std::uint64_t{v4->value} << 32;
    return ipv4_address{static_cast<std::uint32_t>(leading(wide, rules.ipv4_bits) >> 32)};
  }
  if (const auto* v6 = std::get_if<ipv6_address>(&who)) {
    const unsigned low = rules.ipv6_bits > 64 ? rules.ipv6_bits - 64 : 0;
    return ipv6_address{leading(v6->high, rules.ipv6_bits), leading(v6->low, low)};
  }
  return who;
}

bool names_nobody(std::string_view forwarded, const client_rules& rules) {
  const auto found = pick(trim(forwarded), rules);
  return !found || is_unknown(*found);
}

std::optional<client> find_client(std::string_view field, const client_rules& rules) {
  const auto found = pick(trim(field), rules);
  if (!found) return std::nullopt;
  const bool is_name = std::holds_alternative<std::string_view>(*found);
  if (is_name && rules.hosts == client_rules::host_names::reject) return std::nullopt;
  return rules.keeps_addresses() ? found : masked(*found, rules);
}

}  // namespace countips
