// The samples of JSON logs and of prefixes against the answers beside them, which the story that
// they tell has, not the program.
#include <gtest/gtest.h>

#include <string>

#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/json_formats.h"
#include "countips/formats/prefixed.h"
#include "support/content_of.h"

namespace countips {
namespace {

using format = std::shared_ptr<const log_format>;

format json(std::string_view name) {
  for (auto& each : json_formats()) {
    if (each->name() == name) return each;
  }
  return nullptr;
}

struct sample {
  std::string name;
  format as;
  std::uint64_t other;
  std::uint64_t blank;
  std::uint64_t rejected;
};

std::vector<sample> samples() {
  const auto behind = [](line_prefix prefix, format inner) {
    return prefixed_format(prefix, std::move(inner));
  };
  return {
      {"caddy", json("caddy"), 3, 1, 5},
      {"traefik_json", json("traefik_json"), 1, 1, 5},
      {"gcp", json("gcp"), 2, 1, 5},
      {"cloudflare", json("cloudflare"), 0, 1, 5},
      {"envoy_json", json("envoy_json"), 1, 1, 4},
      {"ecs", json("ecs"), 2, 1, 4},
      {"nginx_json", json("nginx_json"), 1, 1, 6},
      {"syslog", behind(line_prefix::syslog, combined_format()), 0, 1, 5},
      {"rfc5424", behind(line_prefix::rfc5424, combined_format()), 0, 2, 2},
      {"cri", behind(line_prefix::cri, json("envoy_json")), 1, 2, 2},
      {"compose", behind(line_prefix::compose, json("caddy")), 1, 2, 2},
      {"timestamp", behind(line_prefix::timestamp, combined_format()), 0, 1, 5},
      {"docker", behind(line_prefix::docker, combined_format()), 0, 2, 3},
      {"journal", behind(line_prefix::journal, combined_format()), 0, 1, 4},
      {"message", behind(line_prefix::message, combined_format()), 0, 1, 3},
  };
}

std::string content_of_sample(const std::string& name) {
  return support::content_of(std::string(SAMPLES_DIR) + '/' + name);
}

std::string rows_of(const tally& counted) {
  std::string rows;
  for (const auto& [key, its] : counted) {
    rows += day::from_number(key).text() + '\t' + std::to_string(its.requests) + '\t' +
            std::to_string(its.clients.size()) + '\n';
  }
  return rows;
}

TEST(json_samples, give_their_answers) {
  for (const sample& each : samples()) {
    SCOPED_TRACE(each.name);
    tally counted;
    const line_counts counts =
        count_block(content_of_sample(each.name + ".log"), *each.as, {}, 0, counted);
    EXPECT_EQ(rows_of(counted), content_of_sample(each.name + ".tsv"));
    EXPECT_EQ(counts.other, each.other);
    EXPECT_EQ(counts.blank, each.blank);
    EXPECT_EQ(counts.rejected, each.rejected);
    EXPECT_EQ(counts.comments, 0u);
  }
}

TEST(json_samples, mean_the_same_whatever_else_is_wanted) {
  count_options options;
  options.reading.wanted = {
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  for (const sample& each : samples()) {
    SCOPED_TRACE(each.name);
    const std::string log = content_of_sample(each.name + ".log");
    tally plain, full;
    EXPECT_EQ(count_block(log, *each.as, {}, 0, plain),
              count_block(log, *each.as, options, 0, full));
    EXPECT_EQ(rows_of(plain), rows_of(full));
  }
}

// Cut into blocks at any line, they have the same answers.
TEST(json_samples, may_be_cut_between_any_two_lines) {
  for (const sample& each : samples()) {
    SCOPED_TRACE(each.name);
    const std::string log = content_of_sample(each.name + ".log");
    for (std::size_t at = log.find('\n'); at != std::string::npos; at = log.find('\n', at + 1)) {
      tally counted;
      static_cast<void>(count_block(log.substr(0, at + 1), *each.as, {}, 0, counted));
      static_cast<void>(count_block(log.substr(at + 1), *each.as, {}, 0, counted));
      ASSERT_EQ(rows_of(counted), content_of_sample(each.name + ".tsv")) << at;
    }
  }
}

}  // namespace
}  // namespace countips
