// Inputs that several count together, and tallies that travel.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/input_counter.h"
#include "countips/counting/make_report.h"
#include "par/pools/serial_executor.h"
#include "support/content_of.h"
#include "support/temp_dir.h"
#ifdef COUNTIPS_HAS_PROCESSES
#include "countips/workers/encoding.h"
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

  // As one of those that take from the queue, with nobody else at work meanwhile.
  taker_result count(const piece_taker& whose) {
    object_pool<workbench> benches;
    taker_result result =
        count_share({options_, rules_, files_, on_, stop_, progress_, benches, hosts_},
                    {.path = "log"}, 0, whose);
    for (tally& each : take_tallies(benches)) tallies_.push_back(std::move(each));
    return result;
  }

  report count_all() {
    object_pool<workbench> benches;
    input_result result = count_input(
        {options_, rules_, files_, on_, stop_, progress_, benches, hosts_}, {.path = "log"}, 0);
    for (tally& each : take_tallies(benches)) tallies_.push_back(std::move(each));
    return finish(std::move(result));
  }

  // The rows and lines of all shares so far.
  report finish(std::vector<taker_result> shares) {
    return finish(join_shares(std::move(shares), "log", rules_));
  }

 private:
  report finish(input_result all) {
    return make_report(options_, {.inputs = {{.path = "log"}}, .failures = {}},
                       {{std::move(all)}, std::exchange(tallies_, {})}, hosts_, on_, stop_);
  }

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
  EXPECT_EQ(found.failures.size(), wanted.failures.size());
  EXPECT_EQ(found.inputs.at(0).lines, wanted.inputs.at(0).lines);
  EXPECT_EQ(found.inputs[0].format, wanted.inputs[0].format);
  ASSERT_EQ(found.inputs[0].rejects.size(), wanted.inputs[0].rejects.size());
  for (std::size_t i = 0; i < found.inputs[0].rejects.size(); ++i) {
    EXPECT_EQ(found.inputs[0].rejects[i].number, wanted.inputs[0].rejects[i].number);
    EXPECT_EQ(found.inputs[0].rejects[i].text, wanted.inputs[0].rejects[i].text);
  }
}

// In pieces of every size; each taker has its own, or the one of that number takes all.
void expect_shares_make_the_whole(const std::string& content, std::size_t step) {
  fake_files files;
  files.files["log"] = {.content = content};
  part_counter counter(files);
  const report whole = counter.count_all();
  ASSERT_GT(whole.inputs.at(0).lines.lines, 0u);
  for (std::uint64_t size = 1; size < content.size() + 5; size += step) {
    for (const std::size_t first : {0, 1, 2, 3}) {
      SCOPED_TRACE(testing::Message() << size << ", first " << first);
      const file_pieces pieces = cut_file(content.size(), size, 3, 1);
      std::vector<piece_queue::region> regions(3);
      piece_queue::fill(regions, pieces.count);
      std::vector<taker_result> shares(3);
      for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t taker = (first + i) % 3;
        std::vector<piece_queue::region> own(3);
        own[taker] = regions[taker].load();
        const bool has_its_own = first == 3;
        shares[taker] = counter.count({pieces, piece_queue(has_its_own ? own : regions), taker});
      }
      expect_same(counter.finish(std::move(shares)), whole);
    }
  }
}

TEST(count_share, has_the_lines_of_its_pieces_wherever_an_input_is_cut) {
  expect_shares_make_the_whole(log_of_six, 1);
}

TEST(count_share, counts_what_follows_a_hole) {
  expect_shares_make_the_whole(std::string(5000, '\0') + log_of_six, 300);
}

TEST(count_share, leaves_what_cannot_be_cut_to_the_first) {
  expect_shares_make_the_whole(gzip(log_of_six), 7);
  expect_shares_make_the_whole(
      "#Fields: date time c-ip\n2024-06-09 10:00:00 192.0.2.1\n2024-06-10 10:00:00 192.0.2.2\n", 5);
  expect_shares_make_the_whole("no log\nat all\n", 1);
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

// As through a pool.
tally sent(tally counted, const host_table* from, host_table* to) {
  par::parcel message = par::encode(name_groups(std::move(counted), from));
  return tally_of(par::decode<std::vector<named_group>>(message), to);
}

TEST(named_groups, are_what_they_were_made_of) {
  const count_options options{.with_total = true, .top = 3};
  host_table hosts;
  const report wanted = report_on(options, tally_of_log({}, hosts), hosts);
  const report found = report_on(options, sent(tally_of_log({}, hosts), nullptr, nullptr), hosts);
  ASSERT_EQ(wanted.rows.size(), 2u);
  EXPECT_EQ(found.rows, wanted.rows);
  EXPECT_EQ(found.total, wanted.total);
}

// More clients than a set keeps in one piece: tables and parts come over as they lie, and take
// more.
TEST(named_groups, have_large_sets_that_can_be_added_to) {
  constexpr std::uint32_t many = 100'000;
  tally counted;
  for (std::uint32_t i = 0; i < many; ++i) {
    counted[1].clients.insert(ipv4_address{i});
    counted[1].clients.insert(ipv6_address{1, i});
    counted[1].counts.add(ipv4_address{i}, i + 1);
  }
  counted[1].clients.insert(client(std::string_view("host.example")));
  tally copy = sent(std::move(counted), nullptr, nullptr);
  client_set& clients = copy[1].clients;
  EXPECT_EQ(clients.size(), 2 * many + 1);
  for (std::uint32_t i = 0; i < 2 * many; ++i) clients.insert(ipv4_address{i});
  clients.insert(client(std::string_view("host.example")));
  EXPECT_EQ(clients.size(), 3 * many + 1);
  copy[1].counts.add(ipv4_address{7}, 2);
  std::uint64_t of_seven = 0;
  copy[1].counts.for_each([&](const client& who, std::uint64_t count) {
    if (who == client(ipv4_address{7})) of_seven = count;
  });
  EXPECT_EQ(of_seven, 10u);
}

// A log may be rotated before the last of those that count it has begun.
TEST(shared_pieces, are_of_the_file_that_was_there) {
  const support::temp_dir directory;
  const std::string log = directory.path() / "log";
  std::ofstream(log) << "old";
  const shared_pieces pieces(log, cut_file(3, 64, 2), 2);
  std::filesystem::rename(log, log + ".1");
  std::ofstream(log) << "new";
  par::parcel message = par::encode(pieces);
  const auto theirs = par::decode<shared_pieces>(message);
  std::filesystem::remove(log + ".1");
  EXPECT_EQ(support::content_of(theirs.path()), "old");
  EXPECT_EQ(theirs.taker(1).queue.take(1), 0u) << "the only one, from the region of the other";
  EXPECT_EQ(pieces.taker(0).queue.take(0), std::nullopt);
}

TEST(shared_pieces, of_no_file_have_no_path) {
  const support::temp_dir directory;
  EXPECT_EQ(shared_pieces(directory.path() / "none", cut_file(3, 64, 2), 2).path(), "");
}

// Whatever a process that has gone wrong says: no table is believed that would hold up who looks
// something up in it.
TEST(named_groups, refuse_tables_that_cannot_be) {
  const auto sent_set = [](const std::vector<ipv4_address>& slots) {
    par::parcel message = par::encode(std::make_tuple(false, slots));
    return par::decode<flat_set<ipv4_address>>(message);
  };
  EXPECT_EQ(sent_set({{0}, {1}, {0}, {0}}).size(), 1u);
  EXPECT_THROW(static_cast<void>(sent_set({{1}, {2}, {3}, {4}})), std::length_error);
  client_counts counts;
  counts.add(ipv4_address{1});
  par::parcel message = par::encode(counts);
  message.bytes[0] = std::byte{15};  // Of 16 entries.
  EXPECT_ANY_THROW(static_cast<void>(par::decode<client_counts>(message)));
}

// The tables of two processes number hosts each in its own way.
TEST(named_groups, name_hosts_instead_of_numbers) {
  host_table theirs;
  tally counted;
  counted[theirs.number_of("a.example")].requests = 1;
  counted[theirs.number_of("b.example")].requests = 2;
  host_table ours;
  static_cast<void>(ours.number_of("b.example"));
  const tally copy = sent(std::move(counted), &theirs, &ours);
  EXPECT_EQ(copy.at(ours.number_of("a.example")).requests, 1u);
  EXPECT_EQ(copy.at(ours.number_of("b.example")).requests, 2u);
}

#endif

}  // namespace
}  // namespace countips
