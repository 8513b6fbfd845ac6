// The samples in data/, whose formats are found by themselves, against the answers beside them.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cmd/countips/format_oracle.h"
#include "cmd/countips/oracle.h"
#include "countips/counting/count.h"
#include "countips/render/render.h"
#include "par/pools/thread_pool.h"
#include "support/content_of.h"

namespace countips {
namespace {

using support::content_of;

const std::filesystem::path samples = SAMPLES_DIR;

struct sample {
  std::filesystem::path log;  // A file, or a directory of files.
  std::filesystem::path answer;
};

std::filesystem::path with_extension(std::filesystem::path path, const char* extension) {
  return path.replace_extension(extension);
}

std::vector<sample> all_samples() {
  std::vector<sample> all;
  for (const auto& entry : std::filesystem::directory_iterator(samples)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() == ".tsv") all.push_back({with_extension(path, ".log"), path});
    if (path.extension() == ".days") all.push_back({with_extension(path, ""), path});
  }
  return all;
}

// Under which name a sample is recognised, if it is not that of its file.
const std::map<std::string, std::string> other_names = {
    {"nasty", "combined"},
    {"proxies", "combined"},
    {"syslog", "combined in syslog"},
    {"rfc5424", "combined in rfc5424"},
    {"timestamp", "combined in timestamp"},
    {"docker", "combined in docker"},
    {"journal", "combined in journal"},
    {"message", "combined in message"},
    {"compose", "caddy in compose"},
    {"cri", "envoy_json in cri"},
    {"nginx_proxy_manager_host", "nginx_proxy_manager"},
    {"nginx_proxy_manager_mixed", "nginx_proxy_manager"},
};

std::string expected_format(const std::filesystem::path& log) {
  const std::string name = log.stem();
  const auto found = other_names.find(name);
  return found == other_names.end() ? name : found->second;
}

report count_sample(const std::filesystem::path& log) {
  par::thread_pool on(2);
  const std::atomic<bool> stop{false};
  count_progress progress;
  return count({}, {log}, system_files(), on, stop, progress);
}

TEST(samples, are_recognised_and_give_the_answers_counted_by_hand) {
  EXPECT_GE(all_samples().size(), 48u);
  for (const sample& each : all_samples()) {
    SCOPED_TRACE(each.log);
    const report found = count_sample(each.log);
    EXPECT_TRUE(found.failures.empty());
    EXPECT_EQ(render(found, output_format::tsv, {.header = false}), content_of(each.answer));
    for (const input_summary& input : found.inputs) {
      if (is_directory(each.log)) continue;
      EXPECT_EQ(input.format.name, expected_format(each.log));
    }
  }
}

TEST(samples, are_understood_by_the_oracle_too) {
  for (const sample& each : all_samples()) {
    if (is_directory(each.log)) continue;
    SCOPED_TRACE(each.log);
    oracle_count oracle;
    oracle.add(content_of(each.log), oracle_of(expected_format(each.log)));
    report found;
    for (const auto& [day, requests] : oracle.requests) {
      found.rows.push_back({day, requests, oracle.clients[day].size()});
    }
    EXPECT_EQ(render(found, output_format::tsv, {.header = false}), content_of(each.answer));
  }
}

}  // namespace
}  // namespace countips
