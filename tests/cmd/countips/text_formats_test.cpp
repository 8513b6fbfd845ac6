#include "countips/formats/text_formats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "countips/counting/count_block.h"
#include "support/content_of.h"

namespace countips {
namespace {

using support::content_of;

const std::string samples = SAMPLES_DIR;

std::string rows_of(const tally& counted) {
  std::string rows;
  for (const auto& [key, group] : counted) {
    rows += day::from_number(key).text() + '\t' + std::to_string(group.requests) + '\t' +
            std::to_string(group.clients.size()) + '\n';
  }
  return rows;
}

const text_format& format_named(std::string_view name) {
  static const auto formats = text_formats();
  const auto found = std::ranges::find(formats, name, [](const auto& f) { return f->name(); });
  EXPECT_NE(found, formats.end()) << name;
  return **found;
}

struct sample_case {
  std::string name;  // Of the file, and of the format.
  std::uint64_t lines;
  std::uint64_t rejected;
};

const std::vector<sample_case> cases = {
    {"npmplus", 25, 5},
    {"time_first", 25, 5},
    {"traefik", 25, 5},
    {"combined_forwarded", 25, 5},
    {"vhost_combined", 25, 5},
    {"vhost_common", 25, 5},
    {"gandi", 25, 5},
    {"host_combined", 25, 5},
    {"host_common", 25, 5},
    {"port_combined", 24, 5},
    {"client_host_combined", 25, 5},
    {"client_time", 25, 5},
    {"combined_iso", 25, 5},
    {"combined_bare_iso", 25, 5},
    {"host_client_time", 25, 5},
    {"zoraxy", 25, 5},
};

TEST(text_formats, give_the_answers_of_their_samples) {
  for (const sample_case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string log = content_of(samples + '/' + c.name + ".log");
    tally counted;
    const line_counts counts = count_block(log, format_named(c.name), {}, 0, counted);
    EXPECT_EQ(counts.lines, c.lines);
    EXPECT_EQ(counts.rejected, c.rejected);
    EXPECT_EQ(counts.blank, 1U);
    EXPECT_EQ(counts.accepted + counts.rejected + counts.blank, counts.lines);
    EXPECT_EQ(rows_of(counted), content_of(samples + '/' + c.name + ".tsv"));
  }
}

// What else is wanted changes nothing of which lines count.
TEST(text_formats, accept_the_same_lines_whatever_is_wanted) {
  count_options wanting;
  wanting.reading.wanted = {
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  for (const sample_case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string log = content_of(samples + '/' + c.name + ".log");
    tally plain, full;
    EXPECT_EQ(count_block(log, format_named(c.name), {}, 0, plain),
              count_block(log, format_named(c.name), wanting, 0, full));
    EXPECT_EQ(rows_of(plain), rows_of(full));
  }
}

TEST(text_formats, of_a_forwarding_proxy_tell_its_clients) {
  const std::string log = content_of(samples + "/combined_forwarded.log");
  count_options options;
  options.reading.forwarded = true;
  tally counted;
  const line_counts counts =
      count_block(log, format_named("combined_forwarded"), options, 0, counted);
  // One of the requests has no peer, but the proxy tells who it was.
  EXPECT_EQ(counts.accepted, 20U);
  for (const auto& [key, group] : counted) EXPECT_LE(group.clients.size(), 2U) << key;
}

// The lines that are torn or nasty fit none; the first that most others fit is the right one.
TEST(text_formats, are_told_apart_by_what_fits) {
  const auto formats = text_formats();
  for (const sample_case& c : cases) {
    SCOPED_TRACE(c.name);
    std::string log = content_of(samples + '/' + c.name + ".log");
    std::vector<std::size_t> fitting(formats.size());
    for (std::size_t at = 0; at < log.size();) {
      const std::size_t end = std::min(log.find('\n', at), log.size());
      const std::string_view line = std::string_view(log).substr(at, end - at);
      for (std::size_t i = 0; i < formats.size(); ++i) fitting[i] += formats[i]->fits(line);
      at = end + 1;
    }
    const auto best = std::ranges::max_element(fitting);
    EXPECT_GE(*best, 12U);
    EXPECT_EQ(formats[static_cast<std::size_t>(best - fitting.begin())]->name(), c.name);
  }
}

TEST(text_formats, take_no_ident_for_a_host) {
  const std::string rest =
      R"( [09/Jun/2024:10:00:00 +0200] "GET / HTTP/1.1" 200 5 "-" "curl/8.5.0")";
  for (const std::string head :
       {"192.0.2.1 - -", "192.0.2.1 ident bob", "192.0.2.1 - J Q Public"}) {
    SCOPED_TRACE(head);
    const auto formats = text_formats();
    const auto first = std::ranges::find_if(
        formats, [&](const auto& format) { return format->fits(head + rest); });
    ASSERT_NE(first, formats.end());
    EXPECT_EQ((*first)->name(), "combined");
  }
}

TEST(text_formats, have_names_of_their_own) {
  std::set<std::string> names;
  for (const auto& format : text_formats()) EXPECT_TRUE(names.insert(format->name()).second);
  EXPECT_GE(names.size(), 16U);
}

}  // namespace
}  // namespace countips
