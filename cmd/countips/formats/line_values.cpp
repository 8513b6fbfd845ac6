#include "countips/formats/line_values.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "countips/formats/field_scan.h"

namespace countips {

namespace {

// Without a port where there should be one it is something else; a port could not be told from the
// end of an address then. But brackets leave no doubt.
std::string_view client_of(const layout_field& field, std::string_view value) {
  if (!field.has_port) return value;
  const std::string_view named = without_port(value);
  return named.size() == value.size() && !value.ends_with(']') ? std::string_view() : named;
}

// What stands before the text that ends a field, if the line is cut off within that text.
std::optional<std::string_view> before_cut_end(std::string_view text, std::string_view end) {
  for (std::size_t size = end.size(); size-- > 1;) {
    if (text.ends_with(end.substr(0, size))) return text.substr(0, text.size() - size);
  }
  return std::nullopt;
}

}  // namespace

void line_values::clear() {
  peer_ = {};
  forwarded_ = {};
  if (!wants_any_) return;
  for (std::string_view* each : {&what.status, &what.method, &what.path, &what.agent, &what.host}) {
    *each = {};
  }
}

void line_values::note(const layout_field& field, std::string_view value) {
  switch (field.role) {
    case field_role::peer:
      peer_ = client_of(field, value);
      return;
    case field_role::forwarded:
      forwarded_ = client_of(field, value);
      return;
    case field_role::status:
      if (wanted_.status) what.status = value;
      return;
    case field_role::request:
      if (wanted_.request) split_request(value, what);
      return;
    case field_role::method:
      if (wanted_.request) what.method = value;
      return;
    case field_role::path:
      if (wanted_.request) what.path = value;
      return;
    case field_role::agent:
      if (wanted_.agent) what.agent = value;
      return;
    case field_role::host:
      if (wanted_.host) what.host = field.has_port ? without_port(value) : value;
      return;
    case field_role::skip:
    case field_role::passed_by:
      return;
  }
}

void line_values::read(std::string_view text, std::span<const layout_field> fields,
                       bool has_escapes) {
  for (const layout_field& field : fields) {
    auto value = take_field(text, field, has_escapes);
    if (!value && is_client(field)) {
      value = before_cut_end(std::exchange(text, {}), field.end);
      if (!value) return;
    }
    if (value && field.end.empty() && is_client(field)) {
      note(field, first_list(*value));
    } else {
      note(field, value ? *value : std::exchange(text, {}));
    }
  }
}

}  // namespace countips
