#include "copytree/run/hard_links.h"

#include <utility>

#include "par/locks/lock_guard.h"

namespace copytree {

hard_links::verdict hard_links::claim(file_id id, std::uint64_t names, const waiting_link& name) {
  par::unique_lock lock(guard_);
  while (true) {
    const auto [found, is_new] = files_.try_emplace(id, file{names - 1, {}, nullptr});
    if (is_new) return copy_it{};
    file& known = found->second;
    if (known.copy == nullptr && room_ == 0) {
      changed_.wait(lock);
      continue;  // The file may be complete now, or forgotten.
    }
    if (known.names_to_come > 0) --known.names_to_come;
    if (known.copy == nullptr) {
      --room_;
      known.waiting.push_back(name);
      return was_kept{};
    }
    link_source copy = *known.copy;
    if (known.names_to_come == 0) files_.erase(found);
    return copy;
  }
}

std::vector<waiting_link> hard_links::complete(file_id id, link_source where) {
  const par::lock_guard lock(guard_);
  const auto found = files_.find(id);
  std::vector<waiting_link> waiting = take_waiting(found->second);
  if (found->second.names_to_come == 0) {
    files_.erase(found);
  } else {
    found->second.copy = std::make_shared<link_source>(std::move(where));
  }
  return waiting;
}

std::vector<waiting_link> hard_links::fail(file_id id) {
  const par::lock_guard lock(guard_);
  const auto found = files_.find(id);
  std::vector<waiting_link> waiting = take_waiting(found->second);
  files_.erase(found);
  return waiting;
}

std::vector<waiting_link> hard_links::take_waiting(file& known) {
  room_ += known.waiting.size();
  changed_.notify_all();
  return std::exchange(known.waiting, {});
}

}  // namespace copytree
