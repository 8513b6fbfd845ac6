#include "countips/formats/prefixed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/json_formats.h"

namespace countips {
namespace {

const std::string clf = R"(192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] "GET / HTTP/1.1" 200 5)";
const std::string escaped_clf =
    R"(192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5)";
const std::string json = R"({"ClientIP":"192.0.2.1","EdgeStartTimestamp":1717920000,)"
                         R"("EdgeResponseStatus":200})";

std::shared_ptr<const log_format> cloudflare() {
  for (auto& each : json_formats()) {
    if (each->name() == "cloudflare") return each;
  }
  return nullptr;
}

line_counts count_text(const log_format& format, std::string_view text, tally& into) {
  return count_block(text, format, {}, 0, into);
}

TEST(prefixed, reads_any_format_behind_any_prefix) {
  struct prefixed_case {
    line_prefix prefix;
    std::shared_ptr<const log_format> inner;
    std::string line;
  };
  const prefixed_case cases[] = {
      {line_prefix::cri, combined_format(), "2024-06-09T10:00:00Z stdout F " + clf},
      {line_prefix::cri, cloudflare(), "2024-06-09T10:00:00Z stdout F " + json},
      {line_prefix::rfc5424, combined_format(), "<13>1 - - - - - - " + clf},
      {line_prefix::syslog, cloudflare(), "<13>Jun  9 10:00:00 web1 app[1]: " + json},
      {line_prefix::compose, cloudflare(), "web-1  | " + json},
      {line_prefix::docker, combined_format(),
       R"({"log":")" + escaped_clf + R"(\n","stream":"stdout"})"},
      {line_prefix::journal, combined_format(),
       R"({"MESSAGE":")" + escaped_clf + R"(","__REALTIME_TIMESTAMP":"1"})"},
      {line_prefix::message, combined_format(), R"({"message":")" + escaped_clf + R"("})"},
      {line_prefix::docker, prefixed_format(line_prefix::syslog, combined_format()),
       R"({"log":"Jun  9 10:00:00 web1 nginx: )" + escaped_clf + R"(\n","stream":"stdout"})"},
  };
  for (const prefixed_case& c : cases) {
    SCOPED_TRACE(c.line);
    const auto format = prefixed_format(c.prefix, c.inner);
    tally counted;
    const line_counts counts =
        count_text(*format, c.line + "\r\n\n" + c.line + "\ntorn\n" + c.line, counted);
    EXPECT_EQ(counts.lines, 5u);
    EXPECT_EQ(counts.accepted, 3u);
    EXPECT_EQ(counts.blank, 1u);
    EXPECT_EQ(counts.rejected, 1u);
    EXPECT_EQ(counts.first_rejected, 4u);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(counted.begin()->first, 20240609u);
    EXPECT_EQ(counted.begin()->second.clients.size(), 1u);
  }
}

TEST(prefixed, reads_lines_without_the_prefix_as_they_are) {
  tally counted;
  const auto format = prefixed_format(line_prefix::compose, combined_format());
  EXPECT_EQ(count_text(*format, clf + "\nweb-1 | " + clf + "\n", counted).accepted, 2u);
}

TEST(prefixed, has_the_names_of_both) {
  EXPECT_EQ(prefixed_format(line_prefix::cri, combined_format())->name(), "combined in cri");
}

TEST(prefixed, reads_block_after_block) {
  const read_rules rules;
  const auto format = prefixed_format(line_prefix::compose, combined_format());
  const auto reader = format->make_reader(rules);
  tally counted;
  const count_options options;
  block_sink sink(options, 0, counted);
  reader->read("web-1 | " + clf + "\n", sink);
  reader->read("web-1 | 192.0.2.2" + clf.substr(9) + "\n", sink);
  EXPECT_EQ(sink.counts().accepted, 2u);
  EXPECT_EQ(counted.begin()->second.clients.size(), 2u);
}

// A format of which each block names the next one.
class numbered final : public log_format {
 public:
  explicit numbered(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return combined_format()->make_reader(rules);
  }
  [[nodiscard]] bool has_headers() const override { return true; }
  [[nodiscard]] std::shared_ptr<const log_format> after(std::string_view block) const override {
    if (!block.starts_with('#')) return nullptr;
    return std::make_shared<numbered>(std::string(block.substr(1, block.find('\n') - 1)));
  }

 private:
  std::string name_;
};

TEST(prefixed, passes_headers_on) {
  const auto format = prefixed_format(line_prefix::compose, std::make_shared<numbered>("first"));
  EXPECT_TRUE(format->has_headers());
  EXPECT_EQ(format->after("web | x\n"), nullptr);
  const auto next = format->after("web | #second\nweb | x\n");
  ASSERT_NE(next, nullptr);
  EXPECT_EQ(next->name(), "second in compose");
  EXPECT_FALSE(prefixed_format(line_prefix::compose, combined_format())->has_headers());
}

}  // namespace
}  // namespace countips
