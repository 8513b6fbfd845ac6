#include "countips/input/inotify_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>

namespace countips {

namespace {

// A log that is written to all the time is looked at so often.
constexpr std::chrono::milliseconds least_pause(20);

constexpr std::uint32_t changes_in_folder =
    IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;
constexpr std::uint32_t changes_of_file = IN_MODIFY;  // Of what a link leads to, in any folder.

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

class inotify_watch final : public change_watch {
 public:
  explicit inotify_watch(const std::vector<std::string>& paths)
      : paths_(paths), descriptor_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    for (const std::string& path : paths_) add(folder_of(path), changes_in_folder);
    watch_files();
  }

  ~inotify_watch() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  inotify_watch(const inotify_watch&) = delete;
  inotify_watch& operator=(const inotify_watch&) = delete;

  void wait(std::chrono::milliseconds longest) override {
    pollfd wanted{.fd = descriptor_, .events = POLLIN, .revents = 0};  // If negative, only time.
    if (::poll(&wanted, 1, static_cast<int>(longest.count())) <= 0) return;
    ::poll(nullptr, 0, static_cast<int>(least_pause.count()));
    drain();
    watch_files();
  }

 private:
  void add(const std::string& path, std::uint32_t changes) const {
    if (descriptor_ >= 0) ::inotify_add_watch(descriptor_, path.c_str(), changes);
  }

  // Those that have come since then; for the others it changes nothing.
  void watch_files() const {
    for (const std::string& path : paths_) add(path, changes_of_file);
  }

  void drain() const {
    alignas(inotify_event) std::array<char, 4096> events;
    while (::read(descriptor_, events.data(), events.size()) > 0) {
    }
  }

  const std::vector<std::string> paths_;
  const int descriptor_;
};

}  // namespace

std::unique_ptr<change_watch> make_inotify_watch(const std::vector<std::string>& paths) {
  return std::make_unique<inotify_watch>(paths);
}

}  // namespace countips
