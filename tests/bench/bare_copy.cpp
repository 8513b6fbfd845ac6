// The floor for copytree: copies names and contents on two threads, and nothing else. No modes,
// owners, times, links or errors.
//
//   bare_copy SOURCE DESTINATION
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "par/pools/parallel_for.h"
#include "par/pools/thread_pool.h"

namespace {

namespace fs = std::filesystem;

struct folder {
  int from;
  int to;
  std::vector<std::string> files;
};

int checked(int returned, const char* what) {
  if (returned != -1) return returned;
  std::perror(what);
  std::exit(1);
}

void list(const fs::path& from, const fs::path& to, std::vector<folder>& folders) {
  checked(::mkdir(to.c_str(), 0755), to.c_str());
  folder made{checked(::open(from.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), from.c_str()),
              checked(::open(to.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), to.c_str()),
              {}};
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    if (entry.is_directory())
      list(entry.path(), to / entry.path().filename(), folders);
    else
      made.files.push_back(entry.path().filename());
  }
  folders.push_back(std::move(made));
}

void copy_file(const folder& in, const std::string& name) {
  thread_local std::vector<char> buffer(256 * 1024);
  const int from = checked(::openat(in.from, name.c_str(), O_RDONLY | O_CLOEXEC), "open");
  const int to = checked(
      ::openat(in.to, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644), "create");
  while (const auto got = ::read(from, buffer.data(), buffer.size())) {
    if (got < 0 || ::write(to, buffer.data(), static_cast<std::size_t>(got)) != got) {
      checked(-1, name.c_str());
    }
    if (static_cast<std::size_t>(got) < buffer.size()) break;
  }
  ::close(from);
  ::close(to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::vector<folder> folders;
  list(argv[1], argv[2], folders);
  par::thread_pool pool(2);
  if (folders.size() > 2) {
    par::parallel_for(pool, std::size_t{0}, folders.size(), [&](std::size_t i) {
      for (const std::string& name : folders[i].files) copy_file(folders[i], name);
    });
    return 0;
  }
  for (const folder& in : folders) {
    par::parallel_for(pool, std::size_t{0}, in.files.size(),
                      [&](std::size_t i) { copy_file(in, in.files[i]); });
  }
  return 0;
}
