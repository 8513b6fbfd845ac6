#include "countips/workers/group_values.h"

#include <cstddef>
#include <string_view>
#include <variant>

namespace countips {

namespace {

void add(client_values& to, const client& who) {
  if (const auto* v4 = std::get_if<ipv4_address>(&who)) {
    to.v4.push_back(v4->value);
  } else if (const auto* v6 = std::get_if<ipv6_address>(&who)) {
    to.v6.push_back(v6->high);
    to.v6.push_back(v6->low);
  } else {
    to.names.emplace_back(std::get<std::string_view>(who));
  }
}

template <class Visit>
void for_each(const client_values& values, Visit visit) {
  for (const std::uint32_t v4 : values.v4) visit(client(ipv4_address{v4}));
  for (std::size_t i = 0; i + 1 < values.v6.size(); i += 2) {
    visit(client(ipv6_address{values.v6[i], values.v6[i + 1]}));
  }
  for (const std::string& name : values.names) visit(client(std::string_view(name)));
}

group_values values_of(const group& its) {
  group_values made;
  made.requests = its.requests;
  its.clients.for_each([&](const client& who) { add(made.clients, who); });
  // Kind by kind, as they are read.
  its.counts.for_each([&](const client& who, std::uint64_t count) {
    add(made.counted, who);
    made.counts.push_back(count);
  });
  return made;
}

group group_of(const group_values& values) {
  group made;
  made.requests = values.requests;
  for_each(values.clients, [&](const client& who) { made.clients.insert(who); });
  std::size_t next = 0;
  for_each(values.counted, [&](const client& who) {
    if (next < values.counts.size()) made.counts.add(who, values.counts[next++]);
  });
  return made;
}

}  // namespace

std::vector<group_values> values_of(const tally& counted, const host_table* hosts) {
  std::vector<group_values> made;
  for (const auto& [key, its] : counted) {
    made.push_back(values_of(its));
    made.back().key = key;
    if (hosts != nullptr) made.back().host = hosts->name_of(key);
  }
  return made;
}

tally tally_of(const std::vector<group_values>& values, host_table* hosts) {
  tally made;
  for (const group_values& each : values) {
    made.emplace(hosts == nullptr ? each.key : hosts->number_of(each.host), group_of(each));
  }
  return made;
}

}  // namespace countips
