// A few lines of any format are taken for that format or for one that says the same of them; for
// none only if there is no request in them.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/countips/format_log.h"
#include "cmd/countips/format_oracle.h"
#include "cmd/countips/format_reading.h"
#include "countips/counting/count_block.h"
#include "countips/formats/known_formats.h"
#include "countips/formats/prefixed.h"
#include "countips/formats/prefixes.h"
#include "countips/formats/recognise.h"

namespace countips {
namespace {

using format = std::shared_ptr<const log_format>;

format format_named(const std::string& name) {
  const std::size_t in = name.rfind(" in ");
  for (const line_prefix prefix : prefixes()) {
    if (in == std::string::npos) break;
    const format inner = format_named(name.substr(0, in));
    if (format found = prefixed_format(prefix, inner); found->name() == name) return found;
  }
  for (const format& each : known_formats()) {
    if (each->name() == name) return each;
  }
  return nullptr;
}

line_counts count_with(const std::string& log, const format& as, const count_options& options,
                       host_table* hosts, tally& into) {
  count_options all = with_wanted_fields(options);
  return count_block(log, *as, {.options = all, .hosts = hosts}, into).lines;
}

// How many requests there are by host, path, agent, status and method.
std::string other_fields(const format& as, const std::string& log) {
  std::string told;
  tally by_host, unseen;
  host_table hosts;
  static_cast<void>(count_with(log, as, {.by = grouping::host}, &hosts, by_host));
  for (const auto& [key, its] : by_host) {
    told += hosts.name_of(key) + ' ' + std::to_string(its.requests) + '\n';
  }
  const auto tell = [&](const record_filter& with) {
    told += std::to_string(count_with(log, as, {.filter = with}, nullptr, unseen).counted) + ' ';
  };
  for (const char* path : {"^/$", "^/index", "b=", "old$", ":443", "^http:", "quoted", "never",
                           R"(\\)", "caf", "Mar", "Client", "^/a", "client_ip", "^/sra", ""}) {
    tell({.paths = {.wanted = {*regex_program::compile(path)}}});
  }
  for (const char* agent : {"^Mozilla.*\\)$", "^curl", "^-$", "say", "hi", "ends in", "test", "Sun",
                            "Jan", "^2020", "bad", "more$", ""}) {
    tell({.agents = {.wanted = {*regex_program::compile(agent)}}});
  }
  for (const char* status : {"200", "304", "400", "404", "499", "503"}) {
    tell({.statuses = status_set::parse(status)});
  }
  for (const char* method : {"GET", "POST", "HEAD", "CONNECT"}) {
    tell({.methods = {method}});
  }
  return told;
}

// All that the format says of the log.
std::string told_by(const format& as, const std::string& log) {
  log_count days;
  days.lines = count_with(log, as, {}, nullptr, days.counted);
  return days_of(days) + other_fields(as, log);
}

std::string lines_of(const std::string& name, std::size_t garbage, std::size_t requests,
                     std::uint64_t seed) {
  format_writer writer(name, seed);
  std::string log;
  for (std::size_t i = 0; i < garbage; ++i) log += writer.other();
  for (std::size_t i = 0; i < requests; ++i) log += writer.request();
  return log;
}

// With the clients of both formats there are no more of them.
std::size_t clients_of(const std::string& log, const std::vector<format>& as) {
  tally all;
  for (const format& each : as) {
    static_cast<void>(count_with(log, each, {.by = grouping::total}, nullptr, all));
  }
  return all.empty() ? 0 : all.begin()->second.clients.size();
}

class lines_of_format : public testing::TestWithParam<std::string> {};

TEST_P(lines_of_format, are_never_taken_for_what_says_something_else) {
  const format right = format_named(GetParam());
  ASSERT_NE(right, nullptr);
  std::uint64_t seed = 100;
  for (const std::size_t garbage : {0, 3}) {
    for (const std::size_t requests : {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 50}) {
      const std::string log = lines_of(GetParam(), garbage, requests, ++seed);
      oracle_count oracle;
      oracle.add(log, oracle_of(GetParam()));
      const format found = recognise(log, known_formats()).format;
      EXPECT_EQ(found == nullptr, oracle.all_requests() == 0) << log;
      if (found == nullptr || found->name() == GetParam()) continue;
      EXPECT_EQ(told_by(found, log), told_by(right, log)) << found->name() << ": " << log;
      EXPECT_EQ(clients_of(log, {right, found}), clients_of(log, {right})) << log;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(formats, lines_of_format, testing::ValuesIn(made_formats()),
                         [](const auto& each) {
                           std::string name = each.param;
                           std::ranges::replace(name, ' ', '_');
                           return name;
                         });

}  // namespace
}  // namespace countips
