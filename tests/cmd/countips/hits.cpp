#include "cmd/countips/hits.h"

#include <gtest/gtest.h>

#include "cmd/countips/client_text.h"
#include "countips/counting/count_block.h"
#include "countips/formats/clf_layout_reader.h"
#include "countips/formats/layout_reader.h"

namespace countips {

namespace {

template <class Reader>
std::optional<full_hit> read_with(Reader reader, std::string_view line) {
  const line_kind kind = reader.read(line);
  if (kind != line_kind::request) return std::nullopt;
  const record& said = reader.last();
  return full_hit{text_of(said.who),        said.time,
                  std::string(said.status), std::string(said.method),
                  std::string(said.path),   std::string(said.agent),
                  std::string(said.host)};
}

// That the block reader counts the line as what has been read of it.
void expect_counted(std::string_view line, const text_format& format, const read_rules& rules,
                    const std::optional<full_hit>& read) {
  tally counted;
  const line_counts counts = count_block(line, format, {.reading = rules}, 0, counted);
  EXPECT_EQ(counts.accepted, read ? 1U : 0U);
  if (!read || counted.empty()) return;
  EXPECT_EQ(counted.begin()->first, read->time.date.number());
  client_set& clients = counted.begin()->second.clients;
  clients.insert(address_client(read->client).value_or(client(read->client)));
  EXPECT_EQ(clients.size(), 1U);
}

}  // namespace

std::optional<full_hit> read_line(std::string_view line, const text_format& format,
                                  const read_rules& rules) {
  const layout& lines = *format.lines();
  const bool is_clf = is_clf_headed(lines) && takes_first_field(lines, rules);
  auto found = is_clf ? read_with(clf_layout_reader(rules, format.lines()), line)
                      : read_with(layout_reader(rules, format.lines()), line);
  expect_counted(line, format, rules, found);
  return found;
}

std::optional<hit> hit_of(std::string_view line, const text_format& format,
                          const read_rules& rules) {
  const auto found = read_line(line, format, rules);
  if (!found) return std::nullopt;
  return hit{found->time.date.text(), found->client};
}

}  // namespace countips
