#include "countips/formats/layout_fit.h"

#include <algorithm>
#include <cstddef>

#include "countips/clients/client.h"
#include "countips/formats/field_scan.h"
#include "countips/formats/time_reader.h"

namespace countips {

namespace {

// A list of clients has blanks behind its commas.
bool is_tidy(std::string_view value, const layout_field& field) {
  if (is_client(field)) return first_list(value).size() == value.size();
  return value.find(' ') == std::string_view::npos;
}

bool fits_field(std::string_view value, const layout_field& field) {
  if (field.is_tidy && !is_tidy(value, field)) return false;
  const std::string_view named = field.has_port ? without_port(value) : value;
  if (field.has_port && named.size() == value.size()) return false;
  // What looks like a port may be the end of an address that has none.
  if (field.has_port && is_client(field) && address_client(value)) return false;
  return field.role != field_role::status || is_logged_status(value);
}

// Something may follow what the layout knows of.
std::string_view up_to_blank(std::string_view value, std::string_view& text) {
  const std::size_t blank = std::min(value.find(' '), value.size());
  if (blank < value.size()) text = value.substr(blank);
  return value.substr(0, blank);
}

// Takes the fields off the text, the last of them up to its end or that of the text.
bool take_fields(std::string_view& text, const std::vector<layout_field>& fields,
                 bool has_escapes) {
  return std::ranges::all_of(fields, [&](const layout_field& field) {
    auto value = take_field(text, field, has_escapes);
    const bool is_last = &field == &fields.back();
    if (value && text.empty() && is_last && field.is_tidy) value = up_to_blank(*value, text);
    return value && fits_field(*value, field);
  });
}

// A word beside the client may be its ident, its user, or itself rather than a virtual host, unless
// it has a port or looks like one.
bool may_be_host(std::string_view value, bool is_first, leading_address first) {
  if (is_first && first == leading_address::of_client && address_client(value)) return false;
  return value.find('.') != std::string_view::npos && !value.ends_with(',');
}

bool has_hosts(std::string_view head, const layout& of, leading_address first) {
  for (const layout_field& field : of.head) {
    const auto value = take_field(head, field, of.has_escapes);
    if (!value) return false;
    const bool is_plain_host = field.role == field_role::host && !field.has_port;
    if (is_plain_host && !may_be_host(*value, &field == of.head.data(), first)) return false;
  }
  return true;
}

bool take_text(std::string_view& from, std::string_view text) {
  if (!from.starts_with(text)) return false;
  from.remove_prefix(text.size());
  return true;
}

bool take_time(std::string_view& from, const time_field& field) {
  time_reader reader(field);
  return reader.take(from) && reader.time().has_value();
}

// The client of the layout is where the host of the line is.
bool is_host_for_client(std::string_view line, const layout& of, leading_address first) {
  return first == leading_address::of_host && of.start.empty() && !of.head.empty() &&
         is_client(of.head.front()) && begins_with_two_addresses(line);
}

}  // namespace

std::optional<std::string_view> behind_layout(std::string_view line, const layout& of,
                                              leading_address first) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (is_host_for_client(line, of, first)) return std::nullopt;
  const bool fits = take_text(line, of.start) && has_hosts(line, of, first) &&
                    take_fields(line, of.head, of.has_escapes) && take_time(line, of.time) &&
                    take_text(line, of.behind) && take_fields(line, of.tail, of.has_escapes);
  return fits ? std::optional(line) : std::nullopt;
}

}  // namespace countips
