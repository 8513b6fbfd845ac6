#include "countips/tallies/record_judge.h"

#include <functional>

namespace countips {

namespace {

constexpr std::size_t places = 256;    // A power of two.
constexpr std::size_t longest = 1024;  // What is longer is rare, and would keep memory.

}  // namespace

bool record_judge::admits_agent(std::string_view agent) {
  if (agent.size() > longest) return filter_->admits_agent(agent);
  if (known_.empty()) known_.resize(places);
  verdict& its = known_[std::hash<std::string_view>{}(agent) % places];
  if (!its.is_known || its.agent != agent) {
    its.agent = agent;
    its.admitted = filter_->admits_agent(agent);
    its.is_known = true;
  }
  return its.admitted;
}

}  // namespace countips
