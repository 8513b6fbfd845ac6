#include "countips/input/follower.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "countips/input/inputs.h"
#include "countips/input/rotation_order.h"

namespace countips {

namespace {

constexpr std::chrono::milliseconds patience_with_pipes(100);

}  // namespace

follower::follower(std::vector<std::string> paths, file_system& files, std::size_t longest_line)
    : files_(files), longest_line_(longest_line), watch_(files.watch(paths)) {
  for (std::string& path : paths) all_.push_back({.path = std::move(path)});
}

std::optional<follower::piece> follower::next() {
  for (std::size_t idle = 0; idle < all_.size(); ++idle) {
    if (const auto found = next_of(turn_)) return found;
    turn_ = (turn_ + 1) % all_.size();
  }
  return std::nullopt;
}

std::optional<follower::piece> follower::next_of(std::size_t input) {
  followed& one = all_[input];
  do {
    left_ = std::exchange(one.left, {});
    if (!left_.empty()) return piece{input, left_};
    if (const auto text = lines_of(one.previous.lines.get(), one)) return piece{input, *text};
    if (const auto text = lines_of(one.current.lines.get(), one)) {
      return piece{input, *text, std::exchange(one.is_new, false)};
    }
  } while (open_another(one));
  return std::nullopt;
}

std::optional<std::string_view> follower::lines_of(growing_file* file, followed& one) {
  if (file == nullptr) return std::nullopt;
  const auto text = file->next();
  if (!text && !one.failed) one.failed = text.error();
  if (text && !text->empty()) return *text;
  if (!file->ended()) return std::nullopt;
  const std::string_view rest = file->take_rest();
  return rest.empty() ? std::nullopt : std::optional(rest);
}

// True if the path stands for another file than before, from which there may be more at once.
bool follower::open_another(followed& one) {
  if (one.path == standard_input) {
    return !one.had_file && open(one, {});
  }
  const or_errno<file_info> info = files_.look_up(one.path);
  one.missing.reset();
  if (info) return is_due(one, *info) && open(one, *info);
  if (info.error() != ENOENT) {
    one.failed = failure{failure::kind::look_up, info.error()};
  } else if (!one.had_file) {
    one.missing = failure{failure::kind::look_up, ENOENT};
  }
  return false;
}

bool follower::is_due(const followed& one, const file_info& info) const {
  if (one.had_file && is_put_aside(one.path)) return false;
  if (info.is == file_info::kind::directory) return false;
  return !known_.contains(info.id);
}

bool follower::open(followed& one, const file_info& info) {
  auto from = one.path == standard_input ? files_.open_standard_input() : files_.open(one.path);
  if (!from) {
    one.failed = failure{failure::kind::open, from.error()};
    return false;
  }
  // The name may stand for another file by now.
  const or_errno<file_info> opened = (*from)->look();
  const file_info& found = opened ? *opened : info;
  if (!known_.insert(found.id).second) return false;
  close(one, std::move(one.previous));
  one.previous = std::move(one.current);
  one.current = {found.id, std::make_unique<growing_file>(std::move(*from), found, longest_line_)};
  one.is_new = std::exchange(one.had_file, true);
  return true;
}

void follower::close(followed& one, open_file file) {
  if (file.lines == nullptr) return;
  one.left = file.lines->take_rest();
  known_.erase(file.id);
}

std::optional<follower::piece> follower::next_rest() {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    for (const open_file* file : {&all_[i].previous, &all_[i].current}) {
      if (file->lines == nullptr) continue;
      const std::string_view rest = file->lines->take_rest();
      if (!rest.empty()) return piece{i, rest};
    }
  }
  return std::nullopt;
}

void follower::wait(std::chrono::milliseconds longest) {
  const bool has_pipe = std::ranges::any_of(all_, [](const followed& one) {
    const growing_file* const file = one.current.lines.get();
    return file != nullptr && !file->is_regular() && !file->ended();
  });
  watch_->wait(has_pipe ? std::min(longest, patience_with_pipes) : longest);
}

bool follower::ended() const {
  return std::ranges::all_of(all_, [](const followed& one) {
    return one.current.lines != nullptr && one.current.lines->ended();
  });
}

std::vector<input_failure> follower::failures() const {
  std::vector<input_failure> found;
  for (const followed& one : all_) {
    if (one.failed) {
      found.push_back({one.path, *one.failed});
    } else if (one.missing) {
      found.push_back({one.path, *one.missing});
    }
  }
  return found;
}

}  // namespace countips
