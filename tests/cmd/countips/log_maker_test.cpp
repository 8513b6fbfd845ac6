#include "log_maker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/oracle.h"
#include "countips/counting/count.h"
#include "countips/render/render.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

std::string make_log(const generate::log_shape& shape,
                     const generate::line_writer& writer = generate::line_writers().front()) {
  generate::log_maker maker(shape, writer);
  std::string log;
  maker.append_header(log);
  for (std::size_t i = 0; i < shape.lines; ++i) maker.append_line(log);
  return log;
}

oracle_count count_slowly(const std::string& log) {
  oracle_count oracle;
  oracle.add(log);
  return oracle;
}

TEST(log_maker, makes_good_lines_spread_evenly_over_the_days) {
  const oracle_count counted = count_slowly(make_log({.lines = 2000, .clients = 100, .days = 4}));
  EXPECT_EQ(counted.lines, 2000u);
  EXPECT_EQ(counted.all_requests(), 2000u);
  ASSERT_EQ(counted.requests.size(), 4u);
  EXPECT_EQ(counted.requests.begin()->first, "2024-02-26");
  EXPECT_EQ(counted.requests.rbegin()->first, "2024-02-29");
  for (const auto& [day, requests] : counted.requests)
    EXPECT_NEAR(static_cast<double>(requests), 500, 1);
}

TEST(log_maker, without_skew_brings_every_client_and_no_other) {
  for (const std::size_t clients : {1, 2, 7, 1000}) {
    const std::string log =
        make_log({.lines = 2000, .clients = clients, .ipv6_share = 0.5, .skew = 0});
    EXPECT_EQ(count_slowly(log).all_clients().size(), clients);
  }
}

TEST(log_maker, with_skew_brings_a_few_clients_more_often) {
  const oracle_count even = count_slowly(make_log({.lines = 3000, .clients = 3000, .skew = 0.5}));
  const oracle_count skewed = count_slowly(make_log({.lines = 3000, .clients = 3000, .skew = 5}));
  EXPECT_LT(skewed.all_clients().size(), even.all_clients().size());
}

TEST(log_maker, keeps_the_share_of_ipv6) {
  for (const double share : {0.0, 0.25, 1.0}) {
    std::size_t v6 = 0;
    const auto all =
        count_slowly(make_log({.lines = 2000, .clients = 2000, .ipv6_share = share, .skew = 0}))
            .all_clients();
    for (const std::string& client : all) v6 += client.find(':') != std::string::npos ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(v6) / 2000, share, 0.05);
  }
}

TEST(log_maker, makes_the_same_log_for_the_same_seed) {
  const generate::log_shape shape{.lines = 100, .clients = 50, .seed = 7};
  generate::log_shape other = shape;
  other.seed = 8;
  EXPECT_EQ(make_log(shape), make_log(shape));
  EXPECT_NE(make_log(shape), make_log(other));
}

report count_recognised(const std::string& log) {
  fake_files files;
  files.files["log"].content = log;
  par::thread_pool on(1);
  const std::atomic<bool> stop{false};
  count_progress progress;
  return count({}, {"log"}, files, on, stop, progress);
}

std::string expected_format(std::string_view writer) {
  if (writer == "combined_user") return "combined";
  const bool is_prefix = writer == "syslog" || writer == "docker" || writer == "cri";
  if (is_prefix) return "combined in " + std::string(writer);
  return std::string(writer);
}

TEST(log_maker, tells_the_same_requests_in_every_format) {
  const generate::log_shape shape{.lines = 500, .clients = 60, .days = 3, .ipv6_share = 0.3};
  const std::string days =
      render(count_recognised(make_log(shape)), output_format::tsv, {.header = false});
  EXPECT_EQ(std::ranges::count(days, '\n'), 3);
  for (const generate::line_writer& writer : generate::line_writers()) {
    SCOPED_TRACE(writer.name);
    const report found = count_recognised(make_log(shape, writer));
    EXPECT_EQ(render(found, output_format::tsv, {.header = false}), days);
    ASSERT_EQ(found.inputs.size(), 1u);
    EXPECT_EQ(found.inputs[0].lines.accepted, shape.lines);
    EXPECT_EQ(found.inputs[0].format.name, expected_format(writer.name));
  }
}

TEST(line_writers, are_found_by_name) {
  EXPECT_EQ(generate::line_writer_named("combined"), generate::line_writers().data());
  EXPECT_EQ(generate::line_writer_named("combine"), nullptr);
}

}  // namespace
}  // namespace countips
