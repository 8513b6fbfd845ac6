#include "countips/input/glob.h"

#include <fnmatch.h>

#include <algorithm>
#include <cerrno>

#include "countips/input/rotation_order.h"

namespace countips {

namespace {

bool is_absence(int error_number) {
  return error_number == ENOENT || error_number == ENOTDIR;
}

class matcher {
 public:
  explicit matcher(file_system& files) : files_(files) {}

  // `base` is what the pattern has led to, up to and including its last slash, or empty.
  void walk(const std::string& base, std::string_view pattern) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string part(pattern.substr(0, end));
    const std::size_t next = std::min(pattern.find_first_not_of('/', end), pattern.size());
    const std::string_view slashes = pattern.substr(end, next - end);
    const std::string_view rest = pattern.substr(next);
    if (!is_pattern(part)) {
      follow(base + part, slashes, rest);
      return;
    }
    for (const std::string& name : list(base)) {
      if (::fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) != 0) continue;
      follow(base + name, slashes, rest);
    }
  }

  glob_result take() {
    std::ranges::sort(found_.paths, rotates_before);
    return std::move(found_);
  }

 private:
  void follow(const std::string& path, std::string_view slashes, std::string_view rest) {
    if (!rest.empty()) {
      walk(path + std::string(slashes), rest);
      return;
    }
    const std::string whole = path + std::string(slashes);
    const or_errno<file_info> info = files_.look_up(whole);
    // With any other error it is there; whoever reads it will tell.
    if (info || !is_absence(info.error())) found_.paths.push_back(whole);
  }

  std::vector<std::string> list(const std::string& base) {
    or_errno<std::vector<std::string>> names = files_.list(base.empty() ? "." : base);
    if (names) return std::move(*names);
    if (!is_absence(names.error())) {
      found_.failures.push_back({base, {failure::kind::list, names.error()}});
    }
    return {};
  }

  file_system& files_;
  glob_result found_;
};

}  // namespace

bool is_pattern(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

glob_result find_matches(std::string_view pattern, file_system& files) {
  matcher search(files);
  search.walk("", pattern);
  return search.take();
}

}  // namespace countips
