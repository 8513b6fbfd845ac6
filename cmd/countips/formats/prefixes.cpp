#include "countips/formats/prefixes.h"

#include <algorithm>
#include <array>

#include "countips/formats/json_envelope.h"
#include "countips/formats/read_lines.h"
#include "countips/formats/text_prefixes.h"

namespace countips {

namespace {

constexpr std::array all_prefixes = {
    line_prefix::cri,       line_prefix::rfc5424, line_prefix::syslog,  line_prefix::compose,
    line_prefix::timestamp, line_prefix::docker,  line_prefix::journal, line_prefix::message,
};

}  // namespace

std::span<const line_prefix> prefixes() {
  return all_prefixes;
}

std::string_view name_of(line_prefix prefix) {
  switch (prefix) {
    case line_prefix::cri:
      return "cri";
    case line_prefix::rfc5424:
      return "rfc5424";
    case line_prefix::syslog:
      return "syslog";
    case line_prefix::compose:
      return "compose";
    case line_prefix::timestamp:
      return "timestamp";
    case line_prefix::docker:
      return "docker";
    case line_prefix::journal:
      return "journal";
    case line_prefix::message:
      return "message";
  }
  return {};
}

std::optional<line_prefix> find_prefix(std::string_view line) {
  const line_prefix* const found = std::ranges::find_if(all_prefixes, [line](line_prefix each) {
    return prefix_stripper(each).strip(line).has_value();
  });
  return found == all_prefixes.end() ? std::nullopt : std::optional(*found);
}

prefix_stripper::prefix_stripper(line_prefix prefix) : prefix_(prefix) {
  if (prefix == line_prefix::docker) envelope_ = std::make_unique<json_envelope>("log", "stream");
  if (prefix == line_prefix::journal) {
    envelope_ = std::make_unique<json_envelope>("MESSAGE", "__REALTIME_TIMESTAMP");
  }
  if (prefix == line_prefix::message) envelope_ = std::make_unique<json_envelope>("message", "");
}

prefix_stripper::~prefix_stripper() = default;

std::optional<std::string_view> prefix_stripper::strip(std::string_view line) {
  if (envelope_) return envelope_->open(line);
  // A blank more may belong to the prefix, and so may a byte order mark.
  const std::size_t known = last_.size_in(line);
  if (known != 0 && known < line.size() && line[known] != ' ' &&
      line[known] != byte_order_mark.front()) {
    return line.substr(known);
  }
  const std::optional<std::string_view> stripped = strip_text(line);
  last_.forget();
  if (stripped && !stripped->empty()) {  // Without a line the blank in front of it may be missing.
    const std::string_view prefix = line.substr(0, line.size() - stripped->size());
    last_.learn(prefix, prefix);
  }
  return stripped;
}

std::optional<std::string_view> prefix_stripper::strip_text(std::string_view line) const {
  switch (prefix_) {
    case line_prefix::cri:
      return behind_cri(line);
    case line_prefix::rfc5424:
      return behind_rfc5424(line);
    case line_prefix::syslog:
      return behind_syslog(line);
    case line_prefix::compose:
      return behind_compose(line);
    case line_prefix::timestamp:
      return behind_timestamp(line);
    default:
      return std::nullopt;
  }
}

}  // namespace countips
