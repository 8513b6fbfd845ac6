#include "copytree/shares/rest_sorter.h"

#include <dirent.h>

#include <utility>

#include "copytree/tree/copy_directory.h"

namespace copytree {

void rest_sorter::add(const std::shared_ptr<open_directory>& in, const share_result::left& entry) {
  using reason = left_entries::reason;
  if (entry.why == reason::for_owner) return keep(in, entry);
  const bool is_single = entry.type == DT_DIR || entry.why == reason::by_itself;
  const bool fits = last_is_open_ && !is_single && requests_.back().in == in &&
                    requests_.back().entries.size() < share_size_;
  if (!fits) requests_.push_back({.in = in, .entries = {}});
  requests_.back().entries.push_back({.name = entry.name, .type = entry.type});
  last_is_open_ = !is_single;
}

void rest_sorter::keep(const std::shared_ptr<open_directory>& in, const share_result::left& entry) {
  if (entry.type == DT_DIR) {
    return post_directory(
        run_,
        {.parent = in, .source = entry.name, .name = entry.name, .place = run_.budget.take()});
  }
  if (kept_ != nullptr && kept_->directory() != in) post_kept();
  if (kept_ == nullptr) kept_ = std::make_unique<batch>(in);
  kept_->add(entry.name, entry.type);
}

void rest_sorter::post_kept() {
  if (kept_ != nullptr) post_batch(run_, std::move(*kept_));
  kept_ = nullptr;
}

std::vector<share_request> rest_sorter::take() {
  post_kept();
  return std::move(requests_);
}

}  // namespace copytree
