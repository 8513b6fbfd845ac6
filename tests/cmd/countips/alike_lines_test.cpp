#include "countips/formats/alike_lines.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "countips/clients/address.h"
#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/line_splitter.h"
#include "countips/formats/text_format.h"
#include "countips/records/status_set.h"

namespace countips {
namespace {

const std::string model = "- - [02/Jan/2024:03:04:05 +0100]";
const std::string request = " \"GET / HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n";

struct reading {
  std::size_t lines = 0;
  address_run clients;
};

// The quick way needs some bytes behind the line, whatever they are.
const std::string behind(300, '-');

reading read_exactly(const std::string& text, bool wants_status) {
  line_splitter splitter(text);
  reading made;
  made.lines = read_alike(splitter.ahead(), model.data(), wants_status, made.clients);
  return made;
}

reading read(const std::string& text, bool wants_status = false) {
  return read_exactly(text + behind, wants_status);
}

bool can_read() {
  return read("192.0.2.1 " + model + request).lines == 1;
}

#define SKIP_WITHOUT_VECTORS() \
  if (!can_read()) GTEST_SKIP() << "the processor has no such vectors"

TEST(alike_lines, give_their_addresses_in_order) {
  SKIP_WITHOUT_VECTORS();
  const std::string later = "- - [02/Jan/2024:03:59:59 +0100]";
  const reading made = read("192.0.2.1 " + model + request + "2001:db8::1 " + later + request +
                            "0.0.0.0 " + later + request + "255.255.255.255 " + model + request);
  EXPECT_EQ(made.lines, 4U);
  const std::vector<ipv4_address> v4(made.clients.v4().begin(), made.clients.v4().end());
  EXPECT_EQ(v4, (std::vector<ipv4_address>{{0xc0000201}, {0}, {0xffffffff}}));
  ASSERT_EQ(made.clients.v6().size(), 1U);
  EXPECT_EQ(made.clients.v6()[0], (ipv6_address{0x20010db800000000, 1}));
}

TEST(alike_lines, stop_at_one_of_another_hour_or_zone) {
  SKIP_WITHOUT_VECTORS();
  for (const char* other :
       {"- - [02/Jan/2024:04:04:05 +0100]", "- - [03/Jan/2024:03:04:05 +0100]",
        "- - [02/Jan/2024:03:04:05 +0200]", "- - [02/Jan/2024:03:60:05 +0100]",
        "- - [02/Jan/2024:03:04:60 +0100]", "- b [02/Jan/2024:03:04:05 +0100]"}) {
    const std::string text = "192.0.2.1 " + model + request + "192.0.2.2 " + other + request;
    EXPECT_EQ(read(text).lines, 1U) << other;
  }
}

TEST(alike_lines, end_with_the_run_and_with_the_text) {
  SKIP_WITHOUT_VECTORS();
  std::string text;
  for (std::size_t i = 0; i < 2 * address_run::most; ++i) text += "192.0.2.1 " + model + "\n";
  EXPECT_EQ(read(text).lines, address_run::most);
  const std::string line = "192.0.2.1 " + model + request;
  for (std::size_t size = 0; size < line.size(); ++size)
    EXPECT_EQ(read(line.substr(0, size)).lines, 0U);
}

// Octets of every length, and what only looks like some.
TEST(alike_lines, have_the_addresses_that_a_parser_finds) {
  SKIP_WITHOUT_VECTORS();
  std::mt19937_64 random(1);
  const std::vector<std::string> octets = {"0",   "1",   "9",   "10",  "42",  "99",   "100", "199",
                                           "200", "255", "256", "300", "999", "1000", "01",  "00",
                                           "001", "",    "a",   "1a",  "/",   ":"};
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    const std::size_t kinds = i % 2 == 0 ? 10 : octets.size();
    const int count = random() % 8 == 0 ? 3 + 2 * static_cast<int>(random() % 2) : 4;
    for (int octet = 0; octet < count; ++octet) {
      text += (octet == 0 ? "" : ".") + octets[random() % kinds];
    }
    const std::optional<ipv4_address> want = parse_ipv4(text);
    const reading made = read(text + " " + model + request);
    ASSERT_EQ(made.lines == 1 && made.clients.v4().size() == 1, want.has_value()) << text;
    if (want) {
      ASSERT_EQ(made.clients.v4()[0], *want) << text;
    }
  }
}

// Those of the run that have the status.
std::size_t clients_with(std::uint16_t status, reading of) {
  of.clients.keep_if([status](std::uint16_t each) { return each == status; });
  return of.clients.size();
}

TEST(alike_lines, have_their_statuses) {
  SKIP_WITHOUT_VECTORS();
  std::string text;
  for (const char* status : {"200", "404", "000", "999", "404"}) {
    text += "192.0.2.1 " + model + " \"GET / HTTP/1.1\" " + status + " 5\n";
    text += "2001:db8::1 " + model + " \"\" " + status + " 5\n";
  }
  const reading made = read(text, true);
  EXPECT_EQ(made.lines, 10U);
  EXPECT_EQ(clients_with(200, made), 2U);
  EXPECT_EQ(clients_with(404, made), 4U);
  EXPECT_EQ(clients_with(0, made), 2U);
  EXPECT_EQ(clients_with(999, made), 2U);
  EXPECT_EQ(clients_with(500, made), 0U);
}

// Around the words of 64 bytes that are looked through together.
TEST(alike_lines, have_statuses_behind_requests_of_any_length) {
  SKIP_WITHOUT_VECTORS();
  for (std::size_t size = 0; size < 400; ++size) {
    const std::string text =
        "192.0.2.1 " + model + " \"" + std::string(size, 'x') + "\" 301 5 \"-\" 404 \n";
    const reading made = read(text, true);
    EXPECT_EQ(made.lines, size < 192 ? 1U : 0U);
    EXPECT_EQ(clients_with(301, made), made.lines);
  }
}

TEST(alike_lines, stop_at_a_request_that_is_to_be_looked_at) {
  SKIP_WITHOUT_VECTORS();
  for (const char* tail :
       {" \"GET /\\\" 200 5\" 404 5", " \"GET / 200 5", " \"GET /\" 20 5", " \"GET /\" 200",
        " \"GET /\" 200\r", " \"GET /\" 2000 5", " \"GET /\"  200 5", " \"GET /\" - 5", "",
        " GET / 200 5", " \"\" 20x 5"}) {
    const std::string line = "192.0.2.1 " + model + tail + "\n";
    EXPECT_EQ(read(line + "192.0.2.1 " + model + request, true).lines, 0U) << tail;
  }
}

// What a block of combined is counted as, and how many clients each day has.
using counts = std::pair<line_counts, std::vector<std::pair<group_key, std::size_t>>>;

counts count(const std::string& block, const log_format& format, const count_options& options) {
  tally into;
  counts made;
  made.first = count_block(block, format, options, 0, into);
  for (const auto& [key, its] : into) made.second.emplace_back(key, its.clients.size());
  return made;
}

// Behind a line that helps to read it, and where there is none.
void expect_same_count(const std::string& line, const log_format& format,
                       const count_options& options) {
  const std::string usual = "0.0.0.0 " + model + request;
  const std::string later = "0.0.0.0 - - [03/Jan/2024:00:00:00 +0000]" + request + behind + "\n";
  counts want = count(usual, format, options);
  for (const std::string& each : {line + "\n", later}) {
    const counts alone = count(each, format, options);
    want.first.append(alone.first);
    for (const auto& [day, clients] : alone.second) {
      const bool is_known = !want.second.empty() && want.second.back().first == day;
      if (is_known) {
        want.second.back().second += clients;
      } else {
        want.second.emplace_back(day, clients);
      }
    }
  }
  ASSERT_EQ(count(usual + line + "\n" + later, format, options), want) << line;
}

// Combined in both of its ways, and with the status elsewhere; with a filter and without.
void expect_same_counts(const std::string& line) {
  static const format_list formats = {
      combined_format(), *compile_log_format("combined"),
      *compile_log_format(R"(%h %l %u %t "%r" %b %>s "%{User-agent}i")"),
      *compile_log_format(R"(%h %l %u %t %>s "%r" %b)")};
  count_options some;
  some.filter.statuses = status_set::parse("200");
  some = with_wanted_fields(some);
  for (const auto& format : formats) {
    expect_same_count(line, *format, {});
    expect_same_count(line, *format, some);
  }
}

// But for bytes of the date: groups would come in another order.
TEST(alike_lines, count_as_they_do_alone_with_any_byte_changed) {
  for (const std::string address : {"192.0.2.17", "255.255.255.255", "2001:db8::a:1"}) {
    const std::string line = address + " " + model + request;
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
      if (at > address.size() + 5 && at < address.size() + 17) continue;
      for (const char byte : std::string_view("\0\t\r \",-./0123569:aFg[\\]\x80\xff", 25)) {
        std::string changed = line.substr(0, line.size() - 1);
        changed[at] = byte;
        expect_same_counts(changed);
      }
    }
  }
}

// What the first of these has where combined has the status is no status.
TEST(alike_lines, have_their_statuses_where_the_format_has_them) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "192.0.2.1 " + model + " \"GET /\" 404 200 5\n";
  text += behind + "\n";
  count_options options;
  options.filter.statuses = status_set::parse("200");
  options = with_wanted_fields(options);
  const auto bytes_first = compile_log_format(R"(%h %l %u %t "%r" %b %>s %D)");
  const auto status_first = compile_log_format(R"(%h %l %u %t "%r" %>s %b %D)");
  EXPECT_EQ(count(text, **bytes_first, options).first.counted, 10U);
  EXPECT_EQ(count(text, **status_first, options).first.counted, 0U);
}

TEST(alike_lines, count_as_they_do_alone_cut_at_any_byte) {
  for (const std::string address : {"192.0.2.17", "2001:db8:1:2:3:4:5:6", "host.test"}) {
    const std::string line = address + " " + model + request;
    for (std::size_t size = 0; size < line.size(); ++size) {
      for (const char* end : {"", "\r", " "}) {
        expect_same_counts(line.substr(0, size) + end);
      }
    }
  }
}

}  // namespace
}  // namespace countips
