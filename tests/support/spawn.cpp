#include "support/spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

namespace support {
namespace {

void check(int error, const std::string& what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// The descriptors' part of posix_spawn.
class file_actions {
 public:
  explicit file_actions(const spawn_options& options) {
    check(::posix_spawn_file_actions_init(&actions_), "posix_spawn_file_actions_init");
    if (!options.directory.empty()) {
      check(::posix_spawn_file_actions_addchdir_np(&actions_, options.directory.c_str()), "chdir");
    }
    for (const redirection& one : options.descriptors) add(one);
  }
  ~file_actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  file_actions(const file_actions&) = delete;
  file_actions& operator=(const file_actions&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  void add(const redirection& one) {
    if (one.from >= 0) {
      check(::posix_spawn_file_actions_adddup2(&actions_, one.from, one.target), "dup2");
    } else if (one.open.empty()) {
      check(::posix_spawn_file_actions_addclose(&actions_, one.target), "close");
    } else {
      const int flags = one.target == STDIN_FILENO ? O_RDONLY : O_RDWR | O_CREAT;
      check(
          ::posix_spawn_file_actions_addopen(&actions_, one.target, one.open.c_str(), flags, 0644),
          "open");
    }
  }

  posix_spawn_file_actions_t actions_;
};

// The signals' and the session's part.
class attributes {
 public:
  attributes(bool new_session, const std::vector<int>& ignored) {
    check(::posix_spawnattr_init(&attributes_), "posix_spawnattr_init");
    sigset_t none;
    sigset_t defaults;
    ::sigemptyset(&none);
    ::sigfillset(&defaults);
    for (const int number : ignored) ::sigdelset(&defaults, number);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    const int group = new_session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(
        &attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group));
  }
  ~attributes() { ::posix_spawnattr_destroy(&attributes_); }
  attributes(const attributes&) = delete;
  attributes& operator=(const attributes&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

// Ignores signals for a scope: a child takes that over.
class ignoring {
 public:
  explicit ignoring(const std::vector<int>& signals) {
    for (const int number : signals) before_.emplace_back(number, std::signal(number, SIG_IGN));
  }
  ~ignoring() {
    for (const auto& [number, handler] : before_) std::signal(number, handler);
  }
  ignoring(const ignoring&) = delete;
  ignoring& operator=(const ignoring&) = delete;

 private:
  std::vector<std::pair<int, void (*)(int)>> before_;
};

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::vector<std::string> merged_environment(const std::vector<std::string>& added) {
  std::vector<std::string> merged;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    bool replaced = false;
    for (const std::string& one : added) replaced |= name_of(one) == name_of(*variable);
    if (!replaced) merged.emplace_back(*variable);
  }
  for (const std::string& one : added) {
    if (one.find('=') != std::string::npos) merged.push_back(one);
  }
  return merged;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

pid_t spawn(const spawn_options& options) {
  std::vector<std::string> words = options.argv;
  std::vector<std::string> environment = merged_environment(options.environment);
  const file_actions actions(options);
  const attributes how(options.new_session, options.ignored_signals);
  const ignoring while_it_starts(options.ignored_signals);
  pid_t child = -1;
  check(::posix_spawnp(&child, words.at(0).c_str(), actions.get(), how.get(),
                       pointers(words).data(), pointers(environment).data()),
        "cannot start " + words.at(0));
  return child;
}

unique_fd::unique_fd(unique_fd&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

unique_fd& unique_fd::operator=(unique_fd&& other) noexcept {
  reset();
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

void unique_fd::reset() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace support
