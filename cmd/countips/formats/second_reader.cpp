#include "countips/formats/second_reader.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "countips/clients/client.h"
#include "countips/formats/field_scan.h"
#include "countips/formats/read_lines.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

count_options admitting_nothing() {
  count_options options;
  options.filter.before = local_time{};  // Before there were days.
  return options;
}

count_options counting_signed() {
  count_options options;
  options.filter.only_signed = true;
  return options;
}

bool is_envelope(line_prefix prefix) {
  return prefix == line_prefix::docker || prefix == line_prefix::journal ||
         prefix == line_prefix::message;
}

// Ports below 1024 are those of servers.
bool begins_with_server(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  const std::string_view host = without_port(word);
  if (address_client(word) || host.size() == word.size() || !address_client(host)) return false;
  std::string_view port = word.substr(host.size() + 1);
  return take_digits(port, 3) && port.empty();
}

std::string_view without_ends(std::string_view line) {
  line = without_lead(line);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// With fewer digits there is no room for a time and an address. Most of what applications write
// among requests is told by this.
bool has_digits_enough(std::string_view line) {
  constexpr int enough = 7;
  int digits = 0;
  for (const char c : line) {
    if (c >= '0' && c <= '9' && ++digits == enough) return true;
  }
  return false;
}

}  // namespace

second_reader::second_reader(const format_list& formats, const log_format& own, read_rules rules)
    : formats_(formats),
      own_format_(own),
      rules_(std::move(rules)),
      own_(own.make_reader(plain_rules_)),
      nothing_(admitting_nothing()),
      trial_(nothing_, 0, unseen_),
      signed_(counting_signed()),
      signed_trial_(signed_, 0, unseen_),
      readers_(formats.size()) {
  rules_.wanted.clock = true;  // No line is only told to be like another.
  rules_.wanted.status = rules_.wanted.request = true;
  rules_.clients.hosts = client_rules::host_names::reject;
}

bool second_reader::take(std::string_view line, block_sink& into) {
  if (!has_digits_enough(line) || is_request(line, *own_)) return false;
  if (own_format_.begins_with_host_port() && begins_with_server(line)) return false;
  return take_bare(line, into) || take_behind_prefixes(without_ends(line), into);
}

bool second_reader::take_bare(std::string_view line, block_sink& into) {
  for (std::size_t i = 0; i < formats_.size(); ++i) {
    if (formats_[i]->has_headers() || !is_of(*formats_[i], line, reader_of(i))) continue;
    reader_of(i).read(line, into);
    return true;
  }
  return false;
}

bool second_reader::take_behind_prefixes(std::string_view line, block_sink& into) {
  constexpr int most_prefixes = 3;
  for (int i = 0; i < most_prefixes; ++i) {
    const auto behind = strip(line);
    if (!behind || !has_digits_enough(*behind)) return false;
    line = *behind;
    if (take_in_own_format(line, into) || take_bare(line, into)) return true;
  }
  return false;
}

bool second_reader::take_in_own_format(std::string_view line, block_sink& into) {
  if (own_format_.has_headers()) return false;
  if (own_behind_prefix_ == nullptr) own_behind_prefix_ = own_format_.make_reader(rules_);
  if (!is_of(own_format_, line, *own_behind_prefix_)) return false;
  own_behind_prefix_->read(line, into);
  return true;
}

// The text of an envelope is gone with the next one.
std::optional<std::string_view> second_reader::strip(std::string_view line) {
  if (strippers_.empty()) {
    for (const line_prefix each : prefixes()) strippers_.emplace_back(each);
  }
  for (std::size_t i = 0; i < strippers_.size(); ++i) {
    const bool is_json = is_envelope(prefixes()[i]);
    if (is_json && !line.starts_with('{')) continue;
    const auto behind = strippers_[i].strip(line);
    if (!behind) continue;
    return is_json ? stripped_.emplace_back(*behind) : *behind;
  }
  return std::nullopt;
}

bool second_reader::is_of(const log_format& format, std::string_view line, block_reader& reader) {
  return is_request(line, reader) && (format.is_told_by_shape() || has_sign(line, reader)) &&
         format.explains(without_ends(line)) > 0;
}

bool second_reader::is_request(std::string_view line, block_reader& reader) {
  const std::uint64_t before = trial_.counts().accepted;
  reader.read(line, trial_);
  return trial_.counts().accepted > before;
}

bool second_reader::has_sign(std::string_view line, block_reader& reader) {
  const std::uint64_t before = signed_trial_.counts().counted;
  reader.read(line, signed_trial_);
  return signed_trial_.counts().counted > before;
}

block_reader& second_reader::reader_of(std::size_t number) {
  std::unique_ptr<block_reader>& reader = readers_[number];
  if (reader == nullptr) reader = formats_[number]->make_reader(rules_);
  return *reader;
}

}  // namespace countips
