#include "cli/progress_json.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

using namespace std::chrono_literals;

TEST(progress_json, says_everything_in_plain_numbers) {
  progress_figures figures;
  figures.percent = 42;
  figures.bytes_per_second = 1000.6;
  figures.items_per_second = 3;
  figures.left = 192s;
  figures.elapsed = 1500ms;
  const progress_sample sample{.items = 3,
                               .items_total = 9,
                               .bytes = 5000,
                               .bytes_total = 12000,
                               .current = "a\"b\xFF",
                               .unit = "files"};
  EXPECT_EQ(progress_json(sample, figures, true),
            R"({"elapsed":1.500,"items":3,"items_total":9,"bytes":5000,"bytes_total":12000,)"
            R"("counting":false,"unit":"files","percent":42,"bytes_per_second":1001,)"
            R"("items_per_second":3,"seconds_left":192,"current":"a\"b)"
            "\xEF\xBF\xBD"
            R"(","finished":true})"
            "\n");
}

TEST(progress_json, what_is_not_known_is_null) {
  EXPECT_EQ(progress_json({.items = 3, .counting = true}, {}, false),
            R"({"elapsed":0.000,"items":3,"items_total":null,"bytes":0,"bytes_total":null,)"
            R"("counting":true,"unit":"files","percent":null,"bytes_per_second":null,)"
            R"("items_per_second":null,"seconds_left":null,"current":"","finished":false})"
            "\n");
}

TEST(progress_json, a_total_of_nothing_is_a_number) {
  const std::string line = progress_json({.items_total = 0, .bytes_total = 0}, {}, true);
  EXPECT_NE(line.find(R"("items":0,"items_total":0,"bytes":0,"bytes_total":0,)"),
            std::string::npos);
}

}  // namespace
}  // namespace cli
