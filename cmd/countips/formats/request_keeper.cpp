#include "countips/formats/request_keeper.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "countips/clients/scan_address.h"
#include "countips/times/digits.h"

namespace countips {

namespace {

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, is_digit);
}

bool is_nothing_or_port(std::string_view behind) {
  return behind.empty() || (behind.front() == ':' && is_port(behind.substr(1)));
}

// An IPv4 address as nearly all fields hold it, with or without a port: what find_client gives for
// it too.
std::optional<client> plain_ipv4(std::string_view text) {
  ipv4_address address;
  const std::size_t size = scan_ipv4(text, address);
  const bool is_all = size != 0 && is_nothing_or_port(text.substr(size));
  return is_all ? std::optional<client>(address) : std::nullopt;
}

// The same, and plain IPv6 addresses, where enough of the line can be read; nullopt if it cannot
// tell.
std::optional<client> address_ahead(std::string_view text, const char* line_end, client_port port) {
  if (text.empty() || line_end == nullptr ||
      line_end - text.data() < std::ptrdiff_t{scan_address_reads}) {
    return std::nullopt;
  }
  ipv4_address v4;
  std::size_t size = scan_ipv4_ahead(text.data(), v4);
  if (size != 0) {
    const bool is_all = size <= text.size() && is_nothing_or_port(text.substr(size));
    return is_all ? std::optional<client>(v4) : std::nullopt;
  }
  if (port == client_port::always) return std::nullopt;
  ipv6_address v6;
  size = scan_ipv6_ahead(text.data(), v6);
  return size != 0 && size == text.size() ? std::optional<client>(v6) : std::nullopt;
}

// "2001:db8::1" of "2001:db8::1:443"; empty if there is no port.
std::string_view before_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && is_port(text.substr(colon + 1));
  return has_port ? text.substr(0, colon) : std::string_view();
}

}  // namespace

line_kind request_keeper::take(std::string_view client_text, const timestamp& when,
                               const char* line_end) {
  const bool same_client = last_size_ != 0 && client_text.size() == last_size_ &&
                           std::memcmp(client_text.data(), last_text_.data(), last_size_) == 0;
  if (!same_client && !read_client(client_text, line_end)) return line_kind::rejected;
  const bool is_bare = !rules_.wanted.any();
  if (same_client && is_bare && has_hit_ && hit_.time.date == when.date) return line_kind::repeated;
  if (!is_bare) clear();
  hit_.time.date = when.date;
  if (rules_.wanted.clock) hit_.time = when;
  has_hit_ = true;
  return line_kind::request;
}

// All but the client.
void request_keeper::clear() {
  const client who = hit_.who;
  hit_ = {};
  hit_.who = who;
}

// Leaves it in hit_.who, and as it was if there is none.
bool request_keeper::read_client(std::string_view text, const char* line_end) {
  if (text.size() > last_text_.size()) {
    const std::optional<client> who = find(text);
    if (!who) return false;
    hit_.who = *who;
    last_size_ = 0;
    return true;
  }
  const bool takes_usual = rules_.clients.keeps_addresses();
  std::optional<client> who = takes_usual ? address_ahead(text, line_end, port_) : std::nullopt;
  if (!who && takes_usual) who = plain_ipv4(text);
  if (!who) who = find(text);
  if (!who) return false;
  hit_.who = *who;
  last_size_ = text.copy(last_text_.data(), last_text_.size());
  if (auto* name = std::get_if<std::string_view>(&hit_.who)) {
    const auto at = static_cast<std::size_t>(name->data() - text.data());
    *name = {last_text_.data() + at, name->size()};
  }
  return true;
}

std::optional<client> request_keeper::find(std::string_view text) const {
  if (port_ == client_port::maybe) return find_client(text, rules_.clients);
  if (const auto who = find_client(before_port(text), rules_.clients)) return who;
  const std::optional<client> who = find_client(text, rules_.clients);
  const bool is_name = who && std::holds_alternative<std::string_view>(*who);
  return is_name ? std::nullopt : who;
}

}  // namespace countips
