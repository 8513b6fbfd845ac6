#include "support/tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <random>
#include <ranges>
#include <system_error>
#include <utility>

namespace support {

namespace {

namespace fs = std::filesystem;

void check(int returned, const std::string& what) {
  if (returned == -1) throw std::system_error(errno, std::generic_category(), what);
}

void write_file(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  if (!out.flush()) throw std::system_error(errno, std::generic_category(), path.string());
}

void write_sparse(const fs::path& path, const tree_entry& entry) {
  write_file(path, "");
  const auto hole = static_cast<off_t>(entry.hole);
  const auto size = static_cast<off_t>(entry.content.size());
  check(::truncate(path.c_str(), hole + size + hole), entry.path);
  std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(hole);
  out << entry.content;
  if (!out.flush()) throw std::system_error(errno, std::generic_category(), path.string());
}

void make_entry(const fs::path& root, const tree_entry& entry) {
  const fs::path path = root / entry.path;
  switch (entry.kind) {
    case tree_kind::directory:
      return check(::mkdir(path.c_str(), 0700), entry.path);
    case tree_kind::file:
      return write_file(path, entry.content);
    case tree_kind::sparse_file:
      return write_sparse(path, entry);
    case tree_kind::symlink:
      return check(::symlink(entry.content.c_str(), path.c_str()), entry.path);
    case tree_kind::hard_link:
      return check(::linkat(AT_FDCWD, (root / entry.content).c_str(), AT_FDCWD, path.c_str(), 0),
                   entry.path);
    case tree_kind::fifo:
      return check(::mknod(path.c_str(), S_IFIFO | 0600, 0), entry.path);
    case tree_kind::socket:
      return check(::mknod(path.c_str(), S_IFSOCK | 0600, 0), entry.path);
  }
}

void set_attributes(const fs::path& root, const tree_entry& entry) {
  if (entry.kind == tree_kind::hard_link) return;  // The other name's.
  const fs::path path = root / entry.path;
  if (entry.kind != tree_kind::symlink) check(::chmod(path.c_str(), entry.mode), entry.path);
  const std::array<timespec, 2> times = {entry.time, entry.time};
  check(::utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW), entry.path);
}

// What a random tree is made of.
class tree_maker {
 public:
  explicit tree_maker(std::uint32_t seed) : random_(seed) {}

  tree make(std::size_t entries) {
    directories_.emplace_back();
    for (std::size_t i = 0; i < entries; ++i) add();
    return std::move(made_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  template <class T>
  const T& any(const std::vector<T>& of) {
    return of[below(of.size())];
  }

  std::string name() {
    static const std::vector<std::string> odd = {" ",  "a b", "line\nbreak", "\xff\xfe",
                                                 "-r", "~",   "caf\xc3\xa9", "tab\t",
                                                 "'",  "\"",  "*",           "\x1b[31m"};
    const std::string number = std::to_string(made_.size());
    return below(4) == 0 ? any(odd) + number : "entry-with-a-longer-name-" + number;
  }

  std::string content() {
    static const std::vector<std::size_t> sizes = {0, 1, 100, 4095, 4096, 4097, 65'536, 300'001};
    std::string made(any(sizes), '\0');
    for (char& byte : made) byte = static_cast<char>(random_());
    return made;
  }

  void add() {
    const std::string& parent = any(directories_);
    tree_entry entry{.path = parent + (parent.empty() ? "" : "/") + name()};
    entry.time = {.tv_sec = static_cast<time_t>(below(2'000'000'000)),
                  .tv_nsec = static_cast<long>(below(1'000'000'000))};
    choose_kind(entry);
    made_.push_back(std::move(entry));
  }

  void choose_kind(tree_entry& entry) {
    static const std::vector<mode_t> file_modes = {0644, 0600,  0400,  0755,
                                                   0444, 04755, 02711, 01644};
    static const std::vector<mode_t> directory_modes = {0755, 0700, 0555, 0500, 01777, 02755};
    const std::size_t dice = below(20);
    if (dice < 5) {
      entry.kind = tree_kind::directory;
      entry.mode = any(directory_modes);
      directories_.push_back(entry.path);
    } else if (dice < 7) {
      entry.kind = tree_kind::symlink;
      entry.content = below(2) == 0 ? "../nowhere" : name();
    } else if (dice < 9 && !files_.empty()) {
      entry.kind = tree_kind::hard_link;
      entry.content = any(files_);
    } else if (dice == 9) {
      entry.kind = tree_kind::fifo;
    } else if (dice == 10) {
      entry.kind = tree_kind::sparse_file;
      entry.content = content();
      entry.hole = 1'048'576;
    } else {
      entry.mode = any(file_modes);
      entry.content = content();
      files_.push_back(entry.path);
    }
  }

  std::mt19937 random_;
  tree made_;
  std::vector<std::string> directories_;
  std::vector<std::string> files_;
};

}  // namespace

tree_entry dir(std::string path, mode_t mode) {
  return {.path = std::move(path), .kind = tree_kind::directory, .mode = mode};
}

tree_entry file(std::string path, std::string content, mode_t mode) {
  return {.path = std::move(path), .content = std::move(content), .mode = mode};
}

tree_entry symlink(std::string path, std::string target) {
  return {.path = std::move(path), .kind = tree_kind::symlink, .content = std::move(target)};
}

tree_entry hard_link(std::string path, std::string existing) {
  return {.path = std::move(path), .kind = tree_kind::hard_link, .content = std::move(existing)};
}

tree_entry fifo(std::string path, mode_t mode) {
  return {.path = std::move(path), .kind = tree_kind::fifo, .mode = mode};
}

void make_tree(const fs::path& root, const tree& entries) {
  for (const tree_entry& entry : entries) make_entry(root, entry);
  // Children first: making an entry changes the times of its directory.
  for (const tree_entry& entry : entries | std::views::reverse) set_attributes(root, entry);
}

tree random_tree(std::uint32_t seed, std::size_t entries) {
  return tree_maker(seed).make(entries);
}

}  // namespace support
