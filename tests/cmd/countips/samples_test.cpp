// The samples in data/ against the answers beside them, which were counted by hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "cmd/countips/oracle.h"
#include "countips/count.h"
#include "countips/render/render.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

const std::filesystem::path samples = SAMPLES_DIR;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::filesystem::path> all_samples() {
  std::set<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(samples)) {
    if (entry.path().extension() != ".days") all.insert(entry.path());
  }
  return all;
}

TEST(samples, give_the_answers_counted_by_hand) {
  EXPECT_GE(all_samples().size(), 5u);
  for (const std::filesystem::path& sample : all_samples()) {
    SCOPED_TRACE(sample);
    par::thread_pool on(2);
    const std::atomic<bool> stop{false};
    count_progress progress;
    const report found = count({}, {sample}, system_files(), on, stop, progress);
    EXPECT_TRUE(found.failures.empty());
    EXPECT_EQ(render(found, output_format::tsv, false), content_of(sample.string() + ".days"));
  }
}

TEST(samples, are_understood_by_the_oracle_too) {
  for (const std::filesystem::path& sample : all_samples()) {
    if (std::filesystem::is_directory(sample)) continue;
    SCOPED_TRACE(sample);
    oracle_count oracle;
    oracle.add(content_of(sample));
    report found;
    for (const auto& [day, requests] : oracle.requests) {
      found.rows.push_back({day, requests, oracle.clients[day].size()});
    }
    EXPECT_EQ(render(found, output_format::tsv, false), content_of(sample.string() + ".days"));
  }
}

}  // namespace
}  // namespace countips
