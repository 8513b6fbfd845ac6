#include "countips/formats/text_format.h"

#include <algorithm>
#include <utility>

#include "countips/formats/clf_layout_reader.h"
#include "countips/formats/compile_layout.h"
#include "countips/formats/layout_fit.h"
#include "countips/formats/layout_reader.h"
#include "countips/formats/read_lines.h"

namespace countips {

namespace {

using unexpected_error = par::unexpected<format_error>;

constexpr std::string_view blanks = " \t\r\n";

text_format_or_error make_format(format_tokens tokens, std::string name, bool has_escapes) {
  auto compiled = compile_layout(std::move(tokens));
  if (!compiled) return unexpected_error(std::move(compiled.error()));
  compiled->has_escapes = has_escapes;
  return std::make_shared<const text_format>(std::move(name), std::move(*compiled));
}

std::optional<format_error> refusal_of_json(std::string_view format) {
  if (!is_json_shaped(format)) return std::nullopt;
  return format_error{format.find('{'), "it writes JSON, which is read by its keys"};
}

// The strings that Apache's own configurations give these names.
std::string_view string_named(std::string_view name) {
  if (name == "common") return R"(%h %l %u %t "%r" %>s %b)";
  if (name == "combined") return R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")";
  if (name == "vhost_combined") {
    return R"(%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-agent}i")";
  }
  return {};
}

}  // namespace

text_format::text_format(std::string name, layout of)
    : name_(std::move(name)),
      layout_(std::make_shared<const layout>(std::move(of))),
      is_clf_(is_clf_headed(*layout_)) {}

std::unique_ptr<block_reader> text_format::make_reader(const read_rules& rules) const {
  if (!is_clf_ || !takes_first_field(*layout_, rules)) {
    return std::make_unique<lines_reader<layout_reader>>(rules, rules, layout_);
  }
  if (!rules.wanted.any()) return std::make_unique<lines_reader<clf_reader>>(rules, rules);
  return std::make_unique<lines_reader<clf_layout_reader>>(rules, rules, layout_);
}

std::size_t text_format::explains(std::string_view line, leading_address first) const {
  const auto rest = behind_layout(line, *layout_, first);
  const bool may_end_there = rest && (rest->empty() || rest->starts_with(' '));
  return may_end_there && is_request(line) ? line.size() - rest->size() : 0;
}

bool text_format::is_told_by_shape() const {
  const auto is_of_request = [](const layout_field& field) {
    return field.role == field_role::status || field.role == field_role::request ||
           field.role == field_role::method || field.role == field_role::path;
  };
  return std::ranges::none_of(layout_->head, is_of_request) &&
         std::ranges::none_of(layout_->tail, is_of_request);
}

bool text_format::begins_with_host_port() const {
  if (!layout_->start.empty() || layout_->head.empty()) return false;
  const layout_field& first = layout_->head.front();
  return first.role == field_role::host && first.has_port;
}

// It also has to have a client there, and no other words may be one rather.
bool text_format::is_request(std::string_view line) const {
  const read_rules rules;
  return layout_reader(rules, layout_).read(line) == line_kind::request;
}

text_format_or_error compile_apache_format(std::string_view format, std::string name) {
  auto tokens = apache_tokens(format);
  if (!tokens) return unexpected_error(std::move(tokens.error()));
  if (auto refusal = refusal_of_json(format)) return unexpected_error(std::move(*refusal));
  return make_format(std::move(*tokens), std::move(name), true);
}

text_format_or_error compile_nginx_format(std::string_view format, std::string name,
                                          nginx_escape escape) {
  if (auto refusal = refusal_of_json(format)) return unexpected_error(std::move(*refusal));
  return make_format(nginx_tokens(format), std::move(name), escape != nginx_escape::none);
}

text_format_or_error compile_log_format(std::string_view format) {
  if (const std::string_view named = string_named(format); !named.empty()) {
    return compile_apache_format(named, std::string(format));
  }
  if (has_nginx_variable(format)) return compile_nginx_format(format, "log_format");
  if (format.find('%') != std::string_view::npos) return compile_apache_format(format, "LogFormat");
  return unexpected_error({0, "neither a LogFormat with % nor a log_format with $"});
}

bool is_json_shaped(std::string_view format) {
  const std::size_t open = format.find_first_not_of(blanks);
  if (open == std::string_view::npos || format[open] != '{') return false;
  const std::size_t key = format.find_first_not_of(blanks, open + 1);
  if (key == std::string_view::npos) return false;
  return format.substr(key).starts_with('"') || format.substr(key).starts_with("\\\"");
}

}  // namespace countips
