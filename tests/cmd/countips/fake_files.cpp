#include "cmd/countips/fake_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <iterator>
#include <set>

namespace countips {

namespace {

par::unexpected<int> error(int number) {
  return par::unexpected<int>(number);
}

// What the names of its files begin with.
std::string folder_of(const std::string& path) {
  if (path == ".") return "";
  return path.ends_with('/') ? path : path + '/';
}

class fake_source final : public source {
 public:
  fake_source(const fake_file& file, const file_info& info) : file_(file), info_(info) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override {
    if (file_.is_pipe || file_.content.empty()) return std::nullopt;
    return file_.content.size();
  }

  or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    if (file_.interrupt_each != 0 && ++calls_ % file_.interrupt_each == 0) return error(EINTR);
    if (offset >= file_.fails_at) return error(EIO);
    if (offset >= file_.content.size()) return 0;
    const std::size_t end = std::min(file_.content.size(), file_.fails_at);
    const std::size_t size = std::min({into.size(), file_.most_a_call, end - offset});
    std::memcpy(into.data(), file_.content.data() + offset, size);
    return size;
  }

  or_errno<std::size_t> read(std::span<char> into) override {
    const or_errno<std::size_t> got = read_at(position_, into);
    if (got) position_ += *got;
    return got;
  }

  or_errno<file_info> look() override { return info_; }

  bool wait_readable(std::chrono::milliseconds) override { return true; }

 private:
  const fake_file& file_;
  const file_info info_;
  std::atomic<std::size_t> calls_{0};
  std::size_t position_ = 0;
};

}  // namespace

or_errno<file_info> fake_files::look_up(const std::string& path) {
  if (is_directory(path)) return file_info{file_info::kind::directory, 0};
  const auto found = find(path);
  if (found == files.end()) return error(ENOENT);
  if (found->second.look_up_error != 0) return error(found->second.look_up_error);
  const file_id id{1, 1 + static_cast<std::uint64_t>(std::distance(files.cbegin(), found))};
  if (found->second.is_pipe) return file_info{file_info::kind::other, 0, id};
  return file_info{file_info::kind::regular, found->second.content.size(), id};
}

or_errno<std::vector<std::string>> fake_files::list(const std::string& path) {
  if (const auto found = unlistable.find(path); found != unlistable.end()) {
    return error(found->second);
  }
  const std::string folder = folder_of(path);
  std::set<std::string, std::greater<>> names;  // In the order that is wrong for reports.
  for (const auto& [name, file] : files) {
    if (!name.starts_with(folder)) continue;
    const std::string below = name.substr(folder.size());
    names.insert(below.substr(0, below.find('/')));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

or_errno<std::unique_ptr<source>> fake_files::open(const std::string& path) {
  const auto found = find(path);
  if (found == files.end()) return error(ENOENT);
  if (found->second.open_error != 0) return error(found->second.open_error);
  return std::make_unique<fake_source>(found->second, look_up(path).value_or(file_info()));
}

or_errno<std::unique_ptr<source>> fake_files::open_standard_input() {
  return open("-");
}

std::map<std::string, fake_file>::const_iterator fake_files::find(const std::string& path) const {
  const auto found = files.find(path);
  if (found == files.end() || found->second.link_to.empty()) return found;
  return find(found->second.link_to);
}

std::unique_ptr<change_watch> fake_files::watch(const std::vector<std::string>&) {
  class no_changes final : public change_watch {
    void wait(std::chrono::milliseconds) override {}
  };
  return std::make_unique<no_changes>();
}

bool fake_files::is_directory(const std::string& path) const {
  const std::string folder = folder_of(path);
  return std::any_of(files.begin(), files.end(),
                     [&](const auto& each) { return each.first.starts_with(folder); });
}

}  // namespace countips
