// Logs in which lines of several formats stand: each counts as in its own format, and nothing else
// does.
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/format_log.h"
#include "cmd/countips/format_oracle.h"
#include "cmd/countips/oracle_texts.h"
#include "countips/counting/count.h"
#include "countips/render/render.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

report count_text(const std::string& log, std::size_t block_size) {
  fake_files files;
  files.files["log"] = {.content = log};
  par::thread_pool on(2);
  const std::atomic<bool> stop{false};
  count_progress progress;
  return count({.with_total = true, .block_size = block_size}, {"log"}, files, on, stop, progress);
}

std::string days_in(const report& found) {
  return render(found, output_format::tsv, {.header = false});
}

// Lines of one format that have an address.
class line_source {
 public:
  line_source(const std::string& name, std::uint64_t seed)
      : writer_(name, seed), oracle_(oracle_of(name)) {}

  // The line, and what it says.
  std::pair<std::string, oracle_hit> next() {
    for (;;) {
      std::string line = writer_.request();
      const auto hit = oracle_(line.substr(0, line.size() - 1));
      if (hit && oracle_address(hit->client)) return {line, *hit};
    }
  }

 private:
  format_writer writer_;
  line_oracle oracle_;
};

const std::vector<std::vector<std::string>> mixtures = {
    {"combined", "vhost_combined"},
    {"combined", "host_combined"},
    {"common", "combined", "haproxy"},
    {"nginx_proxy_manager", "combined"},
    {"envoy", "envoy_json"},
    {"caddy", "combined"},
    {"combined", "caddy", "nginx_json", "ltsv"},
    {"uwsgi", "vhost_common", "squid"},
    {"alb", "elb", "s3"},
    {"traefik", "traefik_json", "npmplus"},
    {"time_first", "client_time", "npmplus", "gcp"},
    {"combined_iso", "gandi", "cloudflare", "ecs"},
};

TEST(mixed_formats, count_as_each_line_does_alone) {
  std::mt19937 random(3);
  for (const auto& names : mixtures) {
    SCOPED_TRACE(testing::PrintToString(names));
    std::vector<line_source> sources;
    for (const std::string& name : names) sources.emplace_back(name, random());
    std::string log;
    oracle_count wanted;
    for (int i = 0; i < 60; ++i) {
      const auto [line, hit] = sources[random() % sources.size()].next();
      log += line;
      ++wanted.requests[hit.day];
      wanted.clients[hit.day].insert(hit.client);
    }
    report want;
    for (const auto& [day, requests] : wanted.requests) {
      want.rows.push_back({day, requests, wanted.clients[day].size()});
    }
    want.total = {"total", wanted.all_requests(), wanted.all_clients().size()};
    for (const std::size_t block_size : {100, 1 << 20}) {
      EXPECT_EQ(days_in(count_text(log, block_size)), days_in(want));
    }
  }
}

// Errors, messages of the system, status documents, torn lines.
TEST(mixed_formats, have_no_requests_but_those_that_are_there) {
  for (const std::string& name : made_formats()) {
    SCOPED_TRACE(name);
    format_writer writer(name, 12);
    std::string log;
    for (int i = 0; i < 40; ++i) log += writer.other();
    const report nothing = count_text(log, 1 << 20);
    EXPECT_EQ(nothing.inputs.at(0).format.name, "");
    EXPECT_TRUE(nothing.rows.empty());
    oracle_count oracle;
    log += writer.request() + writer.request() + log;
    oracle.add(log, oracle_of(name));
    EXPECT_EQ(count_text(log, 1 << 20).total->requests, oracle.all_requests());
  }
}

}  // namespace
}  // namespace countips
