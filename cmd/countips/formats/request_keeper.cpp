#include "countips/formats/request_keeper.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "countips/clients/byte_masks.h"
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

// As is_nothing_or_port, where sixteen bytes can be read.
bool is_nothing_or_port_ahead(const char* behind, std::size_t size) {
  if (size == 0) return true;
  if (size < 2 || size > 6 || behind[0] != ':') return false;
  const std::uint32_t all = (std::uint32_t{1} << size) - 2;  // But for the colon.
  return (byte_block(behind).within('0', 9) & all) == all;
}

// Whether the client is the address already; if not, it becomes it. Not by way of another client:
// processors stall when they copy what has just been written in part.
template <class Address>
bool is_or_becomes(client& who, const Address& address) {
  const auto* const before = std::get_if<Address>(&who);
  const bool is_same = before != nullptr && *before == address;
  if (!is_same) who = address;
  return is_same;
}

// "2001:db8::1" of "2001:db8::1:443"; empty if there is no port.
std::string_view before_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && is_port(text.substr(colon + 1));
  return has_port ? text.substr(0, colon) : std::string_view();
}

}  // namespace

line_kind request_keeper::keep(bool same_client, const timestamp& when) {
  if (is_bare_ && has_hit_ && hit_.time.date == when.date) {
    return same_client ? line_kind::repeated : line_kind::same_day;
  }
  if (!is_bare_) clear();
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
request_keeper::found_client request_keeper::read_client(std::string_view text,
                                                         const char* line_end) {
  const bool can_look_ahead = !text.empty() && line_end != nullptr &&
                              line_end - text.data() >= std::ptrdiff_t{scan_address_reads};
  if (keeps_addresses_ && can_look_ahead) {
    const found_client found = read_address(text);
    if (found != found_client::none) return found;
  }
  return read_text(text);
}

// An address as nearly all fields hold it, with or without a port: what find_client gives for it
// too. REQUIRES that scan_address_reads bytes can be read.
request_keeper::found_client request_keeper::read_address(std::string_view text) {
  const auto found = [this](const auto& address) {
    last_size_ = 0;
    return is_or_becomes(hit_.who, address) ? found_client::same : found_client::other;
  };
  ipv4_address v4;
  if (const std::size_t size = scan_ipv4_ahead(text.data(), v4); size != 0) {
    const bool is_all =
        size <= text.size() && is_nothing_or_port_ahead(text.data() + size, text.size() - size);
    const bool is_short = size == text.size() && port_ == client_port::always;
    return is_all && !is_short ? found(v4) : found_client::none;
  }
  if (port_ != client_port::maybe) return found_client::none;
  ipv6_address v6;
  const std::size_t size = scan_ipv6_ahead(text.data(), v6);
  return size != 0 && size == text.size() ? found(v6) : found_client::none;
}

request_keeper::found_client request_keeper::read_text(std::string_view text) {
  if (last_size_ != 0 && text == std::string_view(last_text_.data(), last_size_)) {
    return found_client::same;
  }
  const std::optional<client> who = find(text);
  if (!who) return found_client::none;
  hit_.who = *who;
  last_size_ = 0;
  if (text.size() > last_text_.size()) return found_client::other;
  last_size_ = text.copy(last_text_.data(), last_text_.size());
  if (auto* name = std::get_if<std::string_view>(&hit_.who)) {
    const auto at = static_cast<std::size_t>(name->data() - text.data());
    *name = {last_text_.data() + at, name->size()};
  }
  return found_client::other;
}

std::optional<client> request_keeper::find(std::string_view text) const {
  const std::string_view named = port_ == client_port::maybe ? text : before_port(text);
  if (port_ == client_port::always && named.empty()) return std::nullopt;
  const std::optional<client> plain = keeps_addresses_ ? plain_ipv4(text) : std::nullopt;
  if (plain) return plain;
  if (const auto who = find_client(named, rules_.clients)) return who;
  if (port_ != client_port::mostly) return std::nullopt;
  const std::optional<client> who = find_client(text, rules_.clients);
  const bool is_name = who && std::holds_alternative<std::string_view>(*who);
  return is_name ? std::nullopt : who;
}

}  // namespace countips
