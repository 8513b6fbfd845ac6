#include "countips/formats/json_template.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "countips/formats/json_formats.h"
#include "countips/formats/template_values.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

using unexpected_error = par::unexpected<format_error>;

// What the server writes there for some time; nullopt if only its pattern tells.
std::optional<std::string> example_of(const time_piece& piece) {
  using kinds = time_piece::kinds;
  switch (piece.kind) {
    case kinds::text:
      return piece.text;
    case kinds::clf:
      return "02/Jan/2024:03:04:05 +0100";
    case kinds::iso:
      return "2024-01-02T03:04:05+01:00";
    case kinds::clf_date:
      return "02/Jan/2024";
    case kinds::iso_date:
      return "2024-01-02";
    case kinds::clock:
      return "03:04:05";
    case kinds::zone:
      return "+0100";
    case kinds::epoch:
      return std::to_string(std::uint64_t{1'704'164'645} * static_cast<std::uint32_t>(piece.unit));
    case kinds::fraction:
      return "678";
    case kinds::pattern:
      return std::nullopt;
  }
  return std::nullopt;
}

// Of the value in some document; empty if a variable in it is no time, or all is text.
std::string example_of(const template_value& value) {
  std::string example;
  bool has_time = false;
  for (const template_atom& each : value.content) {
    if (each.filled == nullptr) {
      example += each.character;
      continue;
    }
    const auto* const piece = std::get_if<time_piece>(&each.filled->what);
    const auto written = piece == nullptr ? std::nullopt : example_of(*piece);
    if (!written) return {};
    example += *written;
    has_time = true;
  }
  return has_time ? example : std::string();
}

// Whether it is one that is read in documents.
bool is_time(const template_value& value) {
  const std::string example = example_of(value);
  if (parse_epoch(example)) return true;
  std::string_view text = example;
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  return value.is_quoted && (parse_iso_time(text) || parse_clf_time(text));
}

const format_field* only_field(const template_value& value) {
  const bool is_one = value.content.size() == 1 && value.content[0].filled != nullptr;
  return is_one ? std::get_if<format_field>(&value.content[0].filled->what) : nullptr;
}

// Collects which paths stand for what.
class collector {
 public:
  explicit collector(std::string name) {
    made_.name = std::move(name);
    made_.is_given = true;
  }

  void take(const template_value& value) {
    if (is_time(value)) return made_.time.push_back(value.path);
    const format_field* const field = only_field(value);
    if (field == nullptr) return;
    if (value.is_quoted || field->role == field_role::status) take_field(value.path, *field);
  }

  json_description made() && {
    made_.client.insert(made_.client.end(), fallbacks_.begin(), fallbacks_.end());
    if (made_.client.empty()) made_.client = made_.forwarded;
    return std::move(made_);
  }

 private:
  void take_field(const std::string& path, const format_field& field) {
    switch (field.role) {
      case field_role::skip:
      case field_role::passed_by:
        return;
      case field_role::peer:
        return (field.is_fallback ? fallbacks_ : made_.client).push_back(path);
      case field_role::forwarded:
        return made_.forwarded.push_back(path);
      case field_role::status:
        return made_.status.push_back(path);
      case field_role::request:
        return made_.request.push_back(path);
      case field_role::method:
        return made_.method.push_back(path);
      case field_role::path:
        return made_.path.push_back(path);
      case field_role::agent:
        return made_.agent.push_back(path);
      case field_role::host:
        return made_.host.push_back(path);
    }
  }

  json_description made_;
  json_description::paths fallbacks_;
};

log_format_or_error format_of(json_description_or_error described) {
  if (!described) return unexpected_error(std::move(described.error()));
  return json_format(std::move(*described));
}

}  // namespace

json_description_or_error describe_json(const format_tokens& tokens, std::string name) {
  const template_values values = values_of_template(tokens);
  collector found(std::move(name));
  for (const template_value& each : values.all) found.take(each);
  json_description made = std::move(found).made();
  if (!made.client.empty() && !made.time.empty()) return made;
  std::string reason =
      made.client.empty()
          ? "no client: no value in quotes is $remote_addr, %a or %h, or a header such as "
            "X-Forwarded-For, and nothing else"
          : "no time: no value is $time_iso8601, $time_local, $msec or %t, or a time of %{...}t in "
            "the forms of these";
  if (!values.is_whole) {
    reason += values.all.empty() ? "; it is no JSON"
                                 : "; it is no JSON behind the value of " + values.all.back().path;
  }
  return unexpected_error({tokens.empty() ? 0 : tokens.back().position, std::move(reason)});
}

log_format_or_error compile_apache_json(std::string_view format, std::string name) {
  auto tokens = apache_tokens(format);
  if (!tokens) return unexpected_error(std::move(tokens.error()));
  return format_of(describe_json(*tokens, std::move(name)));
}

log_format_or_error compile_nginx_json(std::string_view format, std::string name) {
  return format_of(describe_json(nginx_tokens(format), std::move(name)));
}

log_format_or_error compile_json(std::string_view format) {
  return has_nginx_variable(format) ? compile_nginx_json(format, "log_format")
                                    : compile_apache_json(format, "LogFormat");
}

}  // namespace countips
