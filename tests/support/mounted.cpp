#include "support/mounted.h"

#include <sys/mount.h>

#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

#include "support/mount.h"
#include "support/run.h"

namespace support {

namespace {

// What went wrong, or "".
std::string run_tool(const std::vector<std::string>& argv) {
  try {
    const run_result result = run(argv, {.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}});
    return result.status == 0 ? "" : argv[0] + ": " + result.err;
  } catch (const std::system_error& error) {
    return argv[0] + ": " + error.what();
  }
}

std::string message_of(int problem) {
  return problem == 0 ? "" : std::string("may not mount: ") + std::strerror(problem);
}

bool is_in_memory(const std::string& kind) {
  return kind == "tmpfs" || kind == "ramfs";
}

}  // namespace

mounted::mounted(const std::string& kind, const std::string& options)
    : problem_(message_of(own_mounts())) {
  std::filesystem::create_directory(path());
  if (!problem_.empty()) return;
  std::vector<std::string> command = {"mount", "-t", kind};
  std::string all_options = options;
  if (!is_in_memory(kind)) {
    problem_ = make_image(kind);
    if (!problem_.empty()) return;
    all_options += all_options.empty() ? "loop" : ",loop";
  }
  if (!all_options.empty()) command.insert(command.end(), {"-o", all_options});
  command.insert(command.end(),
                 {is_in_memory(kind) ? kind : (temp_.path() / "image").string(), path().string()});
  problem_ = run_tool(command);
}

mounted::~mounted() {
  if (problem_.empty()) ::umount2(path().c_str(), MNT_DETACH);
}

std::string mounted::make_image(const std::string& kind) const {
  constexpr std::uintmax_t size = 1024ULL * 1024 * 1024;  // Mostly a hole.
  const std::filesystem::path image = temp_.path() / "image";
  std::ofstream(image).close();
  std::filesystem::resize_file(image, size);
  return run_tool({"mkfs." + kind, "-q", image.string()});
}

}  // namespace support
