#include "countips/formats/second_reader.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "countips/formats/read_lines.h"

namespace countips {

namespace {

count_options admitting_nothing() {
  count_options options;
  options.filter.before = local_time{};  // Before there were days.
  return options;
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
      rules_(std::move(rules)),
      own_(own.make_reader(plain_rules_)),
      nothing_(admitting_nothing()),
      trial_(nothing_, 0, unseen_),
      readers_(formats.size()) {
  rules_.wanted.clock = true;  // No line is only told to be like another.
  rules_.clients.hosts = client_rules::host_names::reject;
}

bool second_reader::take(std::string_view line, block_sink& into) {
  if (!has_digits_enough(line) || is_request(line, *own_)) return false;
  std::string_view bare = without_lead(line);
  if (bare.ends_with('\r')) bare.remove_suffix(1);
  for (std::size_t i = 0; i < formats_.size(); ++i) {
    if (formats_[i]->has_headers() || !is_request(line, reader_of(i))) continue;
    if (formats_[i]->explains(bare) == 0) continue;
    reader_of(i).read(line, into);
    return true;
  }
  return false;
}

bool second_reader::is_request(std::string_view line, block_reader& reader) {
  const std::uint64_t before = trial_.counts().accepted;
  reader.read(line, trial_);
  return trial_.counts().accepted > before;
}

block_reader& second_reader::reader_of(std::size_t number) {
  std::unique_ptr<block_reader>& reader = readers_[number];
  if (reader == nullptr) reader = formats_[number]->make_reader(rules_);
  return *reader;
}

}  // namespace countips
