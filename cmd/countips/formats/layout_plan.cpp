#include "countips/formats/layout_plan.h"

#include <algorithm>

#include "countips/formats/field_scan.h"

namespace countips {

namespace {

bool has_role(const std::vector<layout_field>& fields, field_role role) {
  return std::ranges::any_of(fields,
                             [role](const layout_field& field) { return field.role == role; });
}

bool is_wanted(field_role role, const wanted_fields& wanted) {
  switch (role) {
    case field_role::status:
      return wanted.status;
    case field_role::request:
    case field_role::method:
    case field_role::path:
      return wanted.request;
    case field_role::agent:
      return wanted.agent;
    case field_role::host:
      return wanted.host;
    case field_role::skip:
    case field_role::peer:
    case field_role::forwarded:
    case field_role::passed_by:
      return false;
  }
  return false;
}

// Whether the client may be taken from this field.
bool tells_client(const layout_field& field, bool takes_forwarded) {
  return field.role == field_role::peer || (field.role == field_role::forwarded && takes_forwarded);
}

// How many of the fields are there up to the last that the predicate holds for.
template <class Predicate>
std::size_t up_to_last(const std::vector<layout_field>& fields, Predicate holds) {
  const auto last = std::find_if(fields.rbegin(), fields.rend(), holds);
  return static_cast<std::size_t>(fields.rend() - last);
}

}  // namespace

layout_plan plan_for(const layout& of, const read_rules& rules) {
  layout_plan plan;
  const bool has_forwarded =
      has_role(of.head, field_role::forwarded) || has_role(of.tail, field_role::forwarded);
  const bool has_peer = has_role(of.head, field_role::peer) || has_role(of.tail, field_role::peer);
  plan.takes_forwarded = has_forwarded && (rules.forwarded || !has_peer);
  const auto tells = [&](const layout_field& field) {
    return tells_client(field, plan.takes_forwarded);
  };
  const auto may_hide_ends = [&](const layout_field& field) {
    return !ends_surely(field, of.has_escapes);
  };
  plan.is_in_head = std::ranges::none_of(of.tail, tells);
  const auto is_read = [&](const layout_field& field) {
    return tells(field) || is_wanted(field.role, rules.wanted);
  };
  plan.head = up_to_last(of.head, is_read);
  plan.tail = up_to_last(of.tail, is_read);
  plan.has_others = std::ranges::count_if(of.head, [](const layout_field& field) {
                      return is_client(field) || field.role == field_role::passed_by;
                    }) > 1;
  const std::size_t head = up_to_last(of.head, tells);
  const auto last_teller = of.head.begin() + static_cast<std::ptrdiff_t>(head);
  const auto first_teller = std::find_if(of.head.begin(), of.head.end(), tells);
  const bool hidden_before = std::any_of(of.head.begin(), first_teller, may_hide_ends);
  const bool hidden_behind = std::any_of(last_teller, of.head.end(), may_hide_ends);
  plan.goes_backward = head != 0 && hidden_before && !hidden_behind;
  const auto tail_teller = std::find_if(of.tail.begin(), of.tail.end(), tells);
  const bool hidden_in_tail =
      tail_teller != of.tail.end() && std::any_of(of.tail.begin(), tail_teller, may_hide_ends);
  plan.needs_address = (head != 0 && hidden_before && hidden_behind) || hidden_in_tail;
  return plan;
}

}  // namespace countips
