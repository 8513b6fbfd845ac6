// Inputs counted in parts, and tallies that travel.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/input_counter.h"
#include "countips/counting/make_report.h"
#include "par/pools/serial_executor.h"
#ifdef COUNTIPS_HAS_PROCESSES
#include "countips/workers/group_values.h"
#endif

namespace countips {
namespace {

const std::string log_of_six =
    "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 1\n"
    "nonsense\n"
    "2001:db8::1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 1\n"
    "\n"
    "192.0.2.1 - - [10/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 404 1\n"
    "more nonsense\n";

// Everything that a count of one input finds.
class part_counter {
 public:
  part_counter(file_system& files, count_options options = {})
      : files_(files), options_(with_wanted_fields(std::move(options))) {}

  input_result count(byte_range part) {
    object_pool<workbench> benches;
    input_result result =
        count_part({options_, rules_, files_, on_, stop_, progress_, benches, hosts_},
                   {.path = "log"}, 0, part);
    for (tally& each : take_tallies(benches)) tallies_.push_back(std::move(each));
    return result;
  }

  // The rows and lines of all parts so far.
  report finish(const std::vector<input_result>& parts) {
    input_result all = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) {
      append(all, {parts[i].lines, parts[i].rejects}, "log", rules_);
    }
    return make_report(options_, {.inputs = {{.path = "log"}}, .failures = {}},
                       {{all}, std::exchange(tallies_, {})}, hosts_, on_, stop_);
  }

 private:
  file_system& files_;
  const count_options options_;
  const input_rules rules_{.formats = {}, .first_rejects = 10};
  par::serial_executor on_;
  const std::atomic<bool> stop_{false};
  count_progress progress_;
  host_table hosts_;
  std::vector<tally> tallies_;
};

void expect_same(const report& found, const report& wanted) {
  EXPECT_EQ(found.rows, wanted.rows);
  EXPECT_EQ(found.inputs.at(0).lines, wanted.inputs.at(0).lines);
  ASSERT_EQ(found.inputs[0].rejects.size(), wanted.inputs[0].rejects.size());
  for (std::size_t i = 0; i < found.inputs[0].rejects.size(); ++i) {
    EXPECT_EQ(found.inputs[0].rejects[i].number, wanted.inputs[0].rejects[i].number);
    EXPECT_EQ(found.inputs[0].rejects[i].text, wanted.inputs[0].rejects[i].text);
  }
}

void expect_parts_make_the_whole(const std::string& content, std::size_t step) {
  fake_files files;
  files.files["log"] = {.content = content};
  part_counter counter(files);
  const report whole = counter.finish({counter.count({0, to_the_end})});
  ASSERT_GT(whole.inputs.at(0).lines.lines, 0u);
  for (std::size_t cut = 1; cut < content.size() + 5; cut += step) {
    SCOPED_TRACE(cut);
    std::vector<input_result> parts = {counter.count({0, cut}), counter.count({cut, cut + 7}),
                                       counter.count({cut + 7, to_the_end})};
    expect_same(counter.finish(parts), whole);
  }
}

TEST(count_part, has_the_lines_that_start_in_it_wherever_an_input_is_cut) {
  expect_parts_make_the_whole(log_of_six, 1);
}

TEST(count_part, counts_what_follows_a_hole) {
  expect_parts_make_the_whole(std::string(5000, '\0') + log_of_six, 3);
}

TEST(count_part, leaves_what_cannot_be_cut_to_the_first) {
  expect_parts_make_the_whole(gzip(log_of_six), 1);
  expect_parts_make_the_whole(
      "#Fields: date time c-ip\n2024-06-09 10:00:00 192.0.2.1\n2024-06-10 10:00:00 192.0.2.2\n", 5);
  expect_parts_make_the_whole("no log\nat all\n", 1);
}

#ifdef COUNTIPS_HAS_PROCESSES

tally tally_of_log(count_options options, host_table& hosts) {
  const std::string log =
      log_of_six + "host.example - - [10/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 404 1\n" +
      log_of_six;
  options.top = 3;
  options = with_wanted_fields(std::move(options));
  fake_files files;
  files.files["log"] = {.content = log};
  par::serial_executor on;
  const std::atomic<bool> stop{false};
  count_progress progress;
  object_pool<workbench> benches;
  static_cast<void>(
      count_input({options, {}, files, on, stop, progress, benches, hosts}, {.path = "log"}, 0));
  return std::move(take_tallies(benches).at(0));
}

report report_on(const count_options& options, tally counted, const host_table& hosts) {
  par::serial_executor on;
  const std::atomic<bool> stop{false};
  std::vector<tally> tallies;
  tallies.push_back(std::move(counted));
  return make_report(options, {}, {{}, std::move(tallies)}, hosts, on, stop);
}

TEST(group_values, are_what_they_were_made_of) {
  const count_options options{.with_total = true, .top = 3};
  host_table hosts;
  const tally copy = tally_of(values_of(tally_of_log({}, hosts), nullptr), nullptr);
  EXPECT_EQ(copy.size(), 2u);
  const report wanted = report_on(options, tally_of_log({}, hosts), hosts);
  const report found =
      report_on(options, tally_of(values_of(tally_of_log({}, hosts), nullptr), nullptr), hosts);
  ASSERT_EQ(wanted.rows.size(), 2u);
  EXPECT_EQ(found.rows, wanted.rows);
  EXPECT_EQ(found.total, wanted.total);
}

// The tables of two processes number hosts each in its own way.
TEST(group_values, name_hosts_instead_of_numbers) {
  host_table theirs;
  tally counted;
  counted[theirs.number_of("a.example")].requests = 1;
  counted[theirs.number_of("b.example")].requests = 2;
  host_table ours;
  static_cast<void>(ours.number_of("b.example"));
  const tally copy = tally_of(values_of(counted, &theirs), &ours);
  EXPECT_EQ(copy.at(ours.number_of("a.example")).requests, 1u);
  EXPECT_EQ(copy.at(ours.number_of("b.example")).requests, 2u);
}

#endif

}  // namespace
}  // namespace countips
