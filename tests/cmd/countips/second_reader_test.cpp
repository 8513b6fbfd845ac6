// Lines that are not in the format of their log.
#include "countips/formats/second_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/known_formats.h"
#include "countips/formats/text_format.h"

namespace countips {
namespace {

const std::string tail = " - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n";
const std::string hit_1 = "192.0.2.1" + tail;
const std::string hit_2 = "192.0.2.2" + tail;
const std::string foreign =
    "www.example.org:443 192.0.2.9 - - [10/Jun/2024:10:00:00 +0200] "
    "\"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n";

block_count count_mixed(const std::string& text, tally& into, std::size_t most_rejects = 0) {
  const count_options options;
  return count_block(text, *combined_format(),
                     {.options = options, .others = &known_formats(), .most_rejects = most_rejects},
                     into);
}

struct line_case {
  const char* what;
  std::string line;
  bool counts;
};

const std::vector<line_case> cases = {
    {"a virtual host in front", foreign, true},
    {"with CRLF", foreign.substr(0, foreign.size() - 1) + "\r\n", true},
    {"with a field behind", foreign.substr(0, foreign.size() - 1) + " 0.1\n", true},
    {"JSON",
     R"({"remote_addr":"192.0.2.9","time_iso8601":"2024-06-10T10:00:00+02:00",)"
     R"("request":"GET / HTTP/1.1","status":"200"})"
     "\n",
     true},
    {"a name behind the host", "www.example.org:443 client.example.net" + tail, false},
    {"no time", "www.example.org:443 192.0.2.9 - - [31/Jun/2024:10:00:00 +0200] \"x\" 200 5\n",
     false},
    {"an error", "2024/06/10 10:00:00 [error] 1#1: *4 failed, client: 192.0.2.9, server: a\n",
     false},
    {"a line of W3C, which only its header explains", "2024-06-10 10:00:00 192.0.2.9 GET /\n",
     false},
};

TEST(second_reader, reads_what_it_can_be_sure_of) {
  for (const line_case& c : cases) {
    tally counted;
    const line_counts lines = count_mixed(hit_1 + c.line + hit_2, counted).lines;
    EXPECT_EQ(lines.lines, 3u) << c.what;
    EXPECT_EQ(lines.accepted, c.counts ? 3u : 2u) << c.what;
    EXPECT_EQ(lines.rejected, c.counts ? 0u : 1u) << c.what;
    EXPECT_EQ(counted.size(), c.counts ? 2u : 1u) << c.what;
  }
}

// The reader of the log says of a line that it repeats the one before, by which it means its own.
TEST(second_reader, does_not_come_between_lines_that_repeat_each_other) {
  tally counted;
  const line_counts lines =
      count_mixed(hit_1 + foreign + hit_1 + foreign + foreign + hit_1, counted).lines;
  EXPECT_EQ(lines.accepted, 6u);
  ASSERT_EQ(counted.size(), 2u);
  EXPECT_EQ(counted.at(20240609).requests, 3u);
  EXPECT_EQ(counted.at(20240609).clients.size(), 1u);
  EXPECT_EQ(counted.at(20240610).requests, 3u);
  EXPECT_EQ(counted.at(20240610).clients.size(), 1u);
}

// A virtual host without a client is no client.
TEST(second_reader, leaves_the_busiest_clients_right) {
  std::string text = hit_1;
  for (int i = 0; i < 50; ++i) {
    text += "www.example.org:443 192.0.2." + std::to_string(10 + i) + tail + hit_1;
  }
  count_options options;
  options.top = 3;
  options = with_wanted_fields(options);
  tally counted;
  const block_rules rules{.options = options, .others = &known_formats()};
  EXPECT_EQ(count_block(text, *combined_format(), rules, counted).lines.accepted, 101u);
  const group& day = counted.at(20240609);
  EXPECT_EQ(day.counts.size(), 51u);
  std::uint64_t most = 0;
  day.counts.for_each([&](const client&, std::uint64_t count) { most = std::max(most, count); });
  EXPECT_EQ(most, 51u);
}

TEST(second_reader, takes_no_names_for_clients) {
  tally counted;
  const count_options options;
  const auto format = *compile_log_format("%v %h %l %u %t \"%r\" %>s %b");
  const std::string text = "a.example.org 192.0.2.1" + tail + "a.example.org -" + tail;
  const block_rules rules{.options = options, .others = &known_formats()};
  EXPECT_EQ(count_block(text, *format, rules, counted).lines.rejected, 1u);
}

// What its own format would read is rejected for who made the request, and counted for nobody else.
TEST(second_reader, does_not_get_around_what_is_asked_of_clients) {
  count_options options;
  options.reading.forwarded = true;
  options.reading.clients.hosts = client_rules::host_names::reject;
  const auto format = *compile_log_format(
      "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" \"%{X-Forwarded-For}i\"");
  const block_rules rules{.options = options, .others = &known_formats()};
  const std::string behind = " \"host.example.net\"\n";
  tally counted;
  const std::string line = hit_1.substr(0, hit_1.size() - 1) + behind;
  EXPECT_EQ(count_block(line, *format, rules, counted).lines.rejected, 1u);
}

// Prefixes may begin in the middle of a log.
TEST(second_reader, reads_behind_prefixes) {
  const std::string escaped =
      R"(192.0.2.9 - - [10/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\")";
  const std::string bare = "192.0.2.9 - - [10/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5\n";
  const std::vector<line_case> behind = {
      {"syslog", "Jun  9 10:00:00 web1 nginx: " + bare, true},
      {"compose", "web-1  | " + bare, true},
      {"CRI", "2024-06-09T10:00:00Z stdout F " + bare, true},
      {"Docker", R"({"log":")" + escaped + R"(\n","stream":"stdout"})" + "\n", true},
      {"syslog in compose", "log | Jun  9 10:00:00 web1 nginx: " + bare, true},
      {"another format", "web-1  | " + foreign, true},
      {"a message", "Jun  9 10:00:00 web1 sshd[7]: Accepted for root from 192.0.2.9\n", false},
      {"a name", "Jun  9 10:00:00 web1 nginx: host.example.net" + tail, false},
  };
  for (const line_case& c : behind) {
    tally counted;
    const line_counts lines = count_mixed(hit_1 + c.line + c.line + hit_2, counted).lines;
    EXPECT_EQ(lines.accepted, c.counts ? 4u : 2u) << c.what;
    EXPECT_EQ(lines.rejected, c.counts ? 0u : 2u) << c.what;
    EXPECT_EQ(counted.size(), c.counts ? 2u : 1u) << c.what;
  }
}

TEST(second_reader, takes_no_address_of_a_host_for_a_client) {
  const count_options options;
  const auto format = *compile_log_format("vhost_combined");
  const block_rules rules{.options = options, .others = &known_formats()};
  const std::string text = "127.0.1.1:80 " + hit_1 + "127.0.1.1:80" + tail + hit_2;
  tally counted;
  EXPECT_EQ(count_block(text, *format, rules, counted).lines.rejected, 1u);
  EXPECT_EQ(counted.at(20240609).clients.size(), 2u);
}

// Whatever the log's own format, it is looked for first.
TEST(second_reader, takes_the_own_format_behind_a_prefix_first) {
  const count_options options;
  const auto format = *compile_log_format("%l %h %u %t \"%r\" %>s %b");
  const block_rules rules{.options = options, .others = &known_formats()};
  const std::string line = "198.51.100.1 192.0.2.1 -" + tail.substr(4);
  tally counted;
  EXPECT_EQ(count_block(line + "web-1  | " + line, *format, rules, counted).lines.accepted, 2u);
  EXPECT_EQ(counted.at(20240609).clients.size(), 1u);
}

TEST(second_reader, takes_no_message_with_an_address_for_a_request) {
  tally counted;
  const std::string text = hit_1 + "1157689337.481 4 192.0.2.9 eth0/1 up\n" +
                           "INFO main [06/Feb/2019:00:00:38 +0000] 192.0.2.9 connected to db\n";
  EXPECT_EQ(count_mixed(text, counted).lines.rejected, 2u);
}

TEST(second_reader, reads_behind_a_byte_order_mark) {
  tally counted;
  EXPECT_EQ(count_mixed(hit_1 + "\xef\xbb\xbf" + foreign, counted).lines.accepted, 2u);
}

TEST(rejected_lines, are_told_with_their_numbers_as_far_as_wanted) {
  const std::string text = hit_1 + "one\n\n" + foreign + "- - -" + tail.substr(4) + "# no\nlast";
  for (std::size_t most = 0; most < 5; ++most) {
    tally counted;
    const block_count found = count_mixed(text, counted, most);
    EXPECT_EQ(found.lines.rejected, 3u);
    ASSERT_EQ(found.rejects.size(), std::min<std::size_t>(most, 3));
    if (most < 3) continue;
    EXPECT_EQ(found.rejects[0].number, 2u);
    EXPECT_EQ(found.rejects[0].text, "one");
    EXPECT_EQ(found.rejects[0].why, reject_reason::shape);
    EXPECT_EQ(found.rejects[1].number, 5u);
    EXPECT_EQ(found.rejects[1].why, reject_reason::no_client);
    EXPECT_EQ(found.rejects[2].number, 7u);
    EXPECT_EQ(found.rejects[2].text, "last");
  }
}

}  // namespace
}  // namespace countips
