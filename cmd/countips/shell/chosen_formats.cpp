#include "countips/shell/chosen_formats.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "cli/command.h"
#include "countips/formats/json_template.h"
#include "countips/formats/known_formats.h"
#include "countips/formats/regex_format.h"
#include "countips/formats/server_configuration.h"
#include "countips/formats/text_format.h"
#include "countips/input/read_text.h"
#include "countips/shell/failure_text.h"

namespace countips {

namespace {

using format_pointer = std::shared_ptr<const log_format>;

bool is_regex(const std::string& text) {
  return text.find("(?P<") != std::string::npos || text.find("(?<") != std::string::npos;
}

bool is_name(const std::string& text) {
  return text.find_first_of("%$ \"") == std::string::npos;
}

std::string known_names() {
  std::string names;
  for (const format_pointer& each : known_formats()) {
    names += (names.empty() ? "" : ", ") + each->name();
  }
  return names;
}

format_pointer known_format(const std::string& name) {
  const auto& all = known_formats();
  const auto found = std::ranges::find(all, name, [](const auto& each) { return each->name(); });
  return found == all.end() ? nullptr : *found;
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw cli::usage_error(fmt::format("log format {}: {}", cli::quoted(text), why));
}

format_pointer format_of(const std::string& text) {
  if (is_regex(text)) {
    auto made = regex_format(text);
    if (!made) refuse(text, made.error());
    return *made;
  }
  if (auto known = known_format(text)) return known;
  if (is_name(text)) refuse(text, "is none of " + known_names());
  const log_format_or_error made =
      is_json_shaped(text) ? compile_json(text) : log_format_or_error(compile_log_format(text));
  if (!made) refuse(text, made.error().reason);
  return *made;
}

void add_configured(const std::string& path, cli::session& session,
                    std::vector<configured_format>& to) {
  constexpr std::size_t most = std::size_t{64} << 20;
  const auto text = read_text(path, system_files(), most, session.stop());
  if (!text && session.stop()) return;
  if (!text) throw cli::usage_error(failure_text({path, text.error()}));
  const server_configuration found = read_server_configuration(*text);
  for (const configured_format& each : found.formats) {
    if (const auto made = compile(each)) {
      to.push_back(each);
    } else if (!session.quiet()) {
      session.log().note(fmt::format("{}: log format {} is left out: {}", shown_input(path),
                                     cli::quoted(each.name.empty() ? each.text : each.name),
                                     made.error().reason));
    }
  }
  if (found.formats.empty()) {
    throw cli::usage_error(shown_input(path) + " defines no log format of Apache or nginx");
  }
}

}  // namespace

std::optional<format_sources> chosen_sources(cli::session& session, const settings& chosen) {
  format_sources sources{.texts = chosen.log_formats, .configured = {}};
  for (const std::string& path : chosen.configurations) {
    add_configured(path, session, sources.configured);
  }
  if (session.stop()) return std::nullopt;
  return sources;
}

format_list make_formats(const format_sources& from) {
  format_list formats;
  for (const std::string& text : from.texts) {
    const auto found = std::ranges::find(from.configured, text, &configured_format::name);
    formats.push_back(found != from.configured.end() ? *compile(*found) : format_of(text));
  }
  if (!formats.empty()) return formats;
  for (const configured_format& each : from.configured) formats.push_back(*compile(each));
  if (!formats.empty()) {
    formats.insert(formats.end(), known_formats().begin(), known_formats().end());
  }
  return formats;
}

}  // namespace countips
