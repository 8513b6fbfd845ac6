#include "countips/formats/compile_layout.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace countips {

namespace {

using unexpected_error = par::unexpected<format_error>;

format_field* field_in(format_token& token) {
  return std::get_if<format_field>(&token.what);
}

const time_piece* time_in(const format_token& token) {
  return std::get_if<time_piece>(&token.what);
}

bool is_text(const format_token& token) {
  return std::holds_alternative<std::string>(token.what);
}

bool is_client(const format_token& token) {
  const auto* const field = std::get_if<format_field>(&token.what);
  return field != nullptr &&
         (field->role == field_role::peer || field->role == field_role::forwarded);
}

// A path and its query are the path; of other fields side by side nobody can tell which is which.
format_field joined(const format_field& first, const format_field& second) {
  const bool is_path = first.role == field_role::path && second.role == field_role::skip;
  return {.role = is_path ? field_role::path : field_role::skip};
}

std::optional<format_error> join_neighbours(format_tokens& tokens) {
  format_tokens joint;
  for (format_token& token : tokens) {
    const bool stands_alone = joint.empty() || is_text(token) || is_text(joint.back());
    const bool are_times =
        !stands_alone && time_in(token) != nullptr && time_in(joint.back()) != nullptr;
    if (stands_alone || are_times) {
      joint.push_back(std::move(token));
      continue;
    }
    format_field* const before = field_in(joint.back());
    const format_field* const field = field_in(token);
    if (before == nullptr || field == nullptr || is_client(token) || is_client(joint.back())) {
      return format_error{token.position, "nothing stands between this field and the one before"};
    }
    *before = joined(*before, *field);
  }
  tokens = std::move(joint);
  return std::nullopt;
}

// Takes the role from all fields but the first that the predicate holds for.
template <class Predicate>
bool keep_first(format_tokens& tokens, Predicate has_role) {
  bool found = false;
  for (format_token& token : tokens) {
    format_field* const field = field_in(token);
    if (field == nullptr || !has_role(*field)) continue;
    const bool tells_client =
        field->role == field_role::peer || field->role == field_role::forwarded;
    if (found) field->role = tells_client ? field_role::passed_by : field_role::skip;
    found = true;
  }
  return found;
}

bool keep_first(format_tokens& tokens, field_role role) {
  return keep_first(tokens, [role](const format_field& field) { return field.role == role; });
}

void drop(format_tokens& tokens, field_role role) {
  for (format_token& token : tokens) {
    format_field* const field = field_in(token);
    if (field != nullptr && field->role == role) field->role = field_role::skip;
  }
}

void choose_roles(format_tokens& tokens) {
  const bool has_peer = std::ranges::any_of(tokens, [](format_token& token) {
    const format_field* const field = field_in(token);
    return field != nullptr && field->role == field_role::peer && !field->is_fallback;
  });
  for (format_token& token : tokens) {
    format_field* const field = field_in(token);
    if (field != nullptr && has_peer && field->is_fallback) field->role = field_role::passed_by;
  }
  for (const field_role role :
       {field_role::peer, field_role::forwarded, field_role::status, field_role::method,
        field_role::path, field_role::agent, field_role::host}) {
    static_cast<void>(keep_first(tokens, role));
  }
  if (!keep_first(tokens, field_role::request)) return;
  drop(tokens, field_role::method);
  drop(tokens, field_role::path);
}

// The tokens [first, last) are the time.
struct time_place {
  std::size_t first = 0;
  std::size_t last = 0;
};

// From this time on, the times behind it that have something to add to it, and the text between.
time_place run_from(const format_tokens& tokens, std::size_t first) {
  time_place place{first, first + 1};
  bool has_date = time_in(tokens[first])->has_date();
  for (std::size_t at = first + 1; at < tokens.size(); ++at) {
    if (is_text(tokens[at])) continue;
    const time_piece* const piece = time_in(tokens[at]);
    if (piece == nullptr || (has_date && piece->has_date())) break;
    has_date |= piece->has_date();
    place.last = at + 1;
  }
  return place;
}

std::optional<time_place> find_time(const format_tokens& tokens, bool in_epoch) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const time_piece* const piece = time_in(tokens[at]);
    if (piece == nullptr) continue;
    const time_place place = run_from(tokens, at);
    const bool has_date = std::any_of(
        tokens.begin() + static_cast<std::ptrdiff_t>(place.first),
        tokens.begin() + static_cast<std::ptrdiff_t>(place.last), [](const format_token& token) {
          return time_in(token) != nullptr && time_in(token)->has_date();
        });
    if (has_date && (piece->kind == time_piece::kinds::epoch) == in_epoch) return place;
    at = place.last - 1;
  }
  return std::nullopt;
}

// Appends the token to the fields, or to the text before the first of them.
void append(std::vector<layout_field>& fields, std::string& before, const format_token& token) {
  if (const auto* const text = std::get_if<std::string>(&token.what)) {
    (fields.empty() ? before : fields.back().end) += *text;
    return;
  }
  const auto* const field = std::get_if<format_field>(&token.what);
  if (field == nullptr) {  // Another time, or more of one.
    const bool is_more = !fields.empty() && fields.back().end.empty();
    if (!is_more) fields.push_back({.is_tidy = true});
  } else if (field->is_port && !fields.empty() && fields.back().end == ":") {
    fields.back().has_port = true;
    fields.back().end.clear();
  } else {
    fields.push_back({.role = field->role, .is_tidy = field->is_tidy});
  }
}

time_piece piece_of(format_token& token) {
  if (auto* const text = std::get_if<std::string>(&token.what)) {
    return {.kind = time_piece::kinds::text, .text = std::move(*text)};
  }
  return std::move(std::get<time_piece>(token.what));
}

// Seconds since 1970 are read with their fraction, be it behind a point or be they milliseconds in
// two fields, so what stands for the fraction is taken out.
void join_fractions(time_field& time) {
  using kinds = time_piece::kinds;
  for (std::size_t at = 0; at + 1 < time.size(); ++at) {
    if (time[at].kind != kinds::epoch || time[at].unit != epoch_unit::seconds) continue;
    const auto behind = time.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    const bool has_point =
        behind->kind == kinds::text && (behind->text == "." || behind->text == ",");
    const auto fraction = has_point ? behind + 1 : behind;
    if (fraction == time.end() || fraction->kind != kinds::fraction) continue;
    if (!has_point) time[at].unit = fraction->unit;
    time.erase(behind, fraction + 1);
  }
}

layout build(format_tokens& tokens, const time_place& place) {
  layout built;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (at < place.first) {
      append(built.head, built.start, tokens[at]);
    } else if (at < place.last) {
      built.time.push_back(piece_of(tokens[at]));
    } else {
      append(built.tail, built.behind, tokens[at]);
    }
  }
  join_fractions(built.time);
  for (std::size_t i = 0; i + 1 < built.tail.size(); ++i) {
    built.tail[i].before_status = built.tail[i + 1].role == field_role::status;
  }
  return built;
}

}  // namespace

par::expected<layout, format_error> compile_layout(format_tokens tokens) {
  if (auto error = join_neighbours(tokens)) return unexpected_error(std::move(*error));
  const std::size_t end = tokens.empty() ? 0 : tokens.back().position;
  if (std::ranges::none_of(tokens, is_client)) {
    return unexpected_error({end,
                             "no client: there is neither %h nor %a nor $remote_addr, and no "
                             "header such as X-Forwarded-For"});
  }
  auto place = find_time(tokens, false);
  if (!place) place = find_time(tokens, true);
  if (!place) {
    return unexpected_error({end,
                             "no day: there is none of %t, %{...}t with a whole date, $time_local, "
                             "$time_iso8601 and $msec"});
  }
  if (place->first > 0 && time_in(tokens[place->first - 1]) != nullptr) {
    return unexpected_error(
        {tokens[place->first].position, "nothing stands between this time and the one before"});
  }
  choose_roles(tokens);
  return build(tokens, *place);
}

}  // namespace countips
