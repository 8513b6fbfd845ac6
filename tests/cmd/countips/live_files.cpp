#include "cmd/countips/live_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace countips {

namespace {

file_info info_of(const live_file& file) {
  const auto kind = file.is_pipe ? file_info::kind::other : file_info::kind::regular;
  return {kind, file.is_pipe ? 0 : file.content.size(), {1, file.number}};
}

class live_source final : public source {
 public:
  explicit live_source(std::shared_ptr<live_file> file) : file_(std::move(file)) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override {
    if (file_->is_pipe || file_->content.empty()) return std::nullopt;
    return file_->content.size();
  }

  or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    if (file_->read_error != 0) return par::unexpected<int>(file_->read_error);
    if (offset >= file_->content.size()) return 0;
    const std::size_t size =
        std::min({into.size(), file_->most_a_call, file_->content.size() - offset});
    std::memcpy(into.data(), file_->content.data() + offset, size);
    return size;
  }

  or_errno<std::size_t> read(std::span<char> into) override {
    const or_errno<std::size_t> got = read_at(position_, into);
    if (got) position_ += *got;
    return got;
  }

  or_errno<file_info> look() override { return info_of(*file_); }

  bool wait_readable(std::chrono::milliseconds) override {
    const bool has_more = position_ < file_->content.size();
    return has_more || !file_->is_pipe || !file_->has_writer;
  }

 private:
  const std::shared_ptr<live_file> file_;
  std::size_t position_ = 0;
};

class scripted_watch final : public change_watch {
 public:
  explicit scripted_watch(std::function<void()> step) : step_(std::move(step)) {}
  void wait(std::chrono::milliseconds) override { step_(); }

 private:
  const std::function<void()> step_;
};

}  // namespace

// The number is the lowest that no open or named file has: they are used again, as on a disk.
live_file& live_files::create(const std::string& path, const std::string& content) {
  std::erase_if(all_, [](const auto& each) { return each.expired(); });
  std::uint64_t number = 1;
  while (
      std::ranges::any_of(all_, [&](const auto& each) { return each.lock()->number == number; })) {
    ++number;
  }
  const auto made = std::make_shared<live_file>(live_file{.number = number, .content = content});
  files_[path] = made;
  all_.push_back(made);
  return *made;
}

void live_files::append(const std::string& path, const std::string& text) {
  at(path).content += text;
}

void live_files::rename(const std::string& from, const std::string& to) {
  files_[to] = files_.at(from);
  files_.erase(from);
}

void live_files::remove(const std::string& path) {
  files_.erase(path);
}

live_file& live_files::at(const std::string& path) {
  return *files_.at(path);
}

or_errno<file_info> live_files::look_up(const std::string& path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return par::unexpected<int>(ENOENT);
  return info_of(*found->second);
}

or_errno<std::vector<std::string>> live_files::list(const std::string&) {
  return par::unexpected<int>(ENOTDIR);
}

or_errno<std::unique_ptr<source>> live_files::open(const std::string& path) {
  if (const auto found = closed.find(path); found != closed.end()) {
    return par::unexpected<int>(found->second);
  }
  const auto found = files_.find(path);
  if (found == files_.end()) return par::unexpected<int>(ENOENT);
  return std::make_unique<live_source>(found->second);
}

or_errno<std::unique_ptr<source>> live_files::open_standard_input() {
  return open("-");
}

std::unique_ptr<change_watch> live_files::watch(const std::vector<std::string>&) {
  return std::make_unique<scripted_watch>([this] {
    if (next_change_ < changes.size()) {
      changes[next_change_++]();
    } else {
      when_idle();
    }
  });
}

}  // namespace countips
