#include "support/random_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/acl.h"
#include "support/spawn.h"

namespace support {

namespace {

namespace fs = std::filesystem;

class tree_maker {
 public:
  tree_maker(std::uint32_t seed, tree_means means) : random_(seed), means_(means) {}

  tree make(std::size_t entries) {
    directories_.emplace_back();
    if (means_.long_paths) dig();
    for (std::size_t i = 0; i < entries; ++i) add();
    return std::move(made_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t many) { return below(many) == 0; }

  template <class T>
  const T& any(const std::vector<T>& of) {
    return of[below(of.size())];
  }

  std::string name() {
    static const std::vector<std::string> odd = {" ",  "a b", "line\nbreak", "\xff\xfe",
                                                 "-r", "~",   "caf\xc3\xa9", "tab\t",
                                                 "'",  "\"",  "*",           "\x1b[31m"};
    constexpr std::size_t longest = 255;
    const std::string number = std::to_string(made_.size());
    if (one_in(4)) return any(odd) + number;
    if (one_in(20)) return std::string(longest - number.size(), 'n') + number;
    return "entry-with-a-longer-name-" + number;
  }

  std::string bytes(std::size_t count) {
    std::string made(count, '\0');
    for (char& byte : made) byte = static_cast<char>(random_());
    return made;
  }

  std::string content() {
    static const std::vector<std::size_t> sizes = {0, 1, 100, 4095, 4096, 4097, 65'536, 300'001};
    return bytes(any(sizes));
  }

  timespec moment() {
    return {.tv_sec = static_cast<time_t>(below(2'000'000'000)),
            .tv_nsec = static_cast<long>(below(1'000'000'000))};
  }

  // A chain of directories that no path can name the end of, with room for more at the end.
  void dig() {
    constexpr int levels = 18;  // Times 250 bytes.
    std::string path(250, 'd');
    for (int level = 0; level < levels; ++level) {
      made_.push_back({.path = path, .kind = tree_kind::directory, .mode = 0755});
      if (level + 1 < levels) path += "/" + std::string(250, 'd');
    }
    directories_.push_back(path);
  }

  void add() {
    const std::string& parent = any(directories_);
    tree_entry entry{.path = parent + (parent.empty() ? "" : "/") + name()};
    entry.time = moment();
    entry.access_time = moment();
    choose_kind(entry);
    if (entry.kind != tree_kind::hard_link) adorn(entry);
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
      entry.content = one_in(2) ? "../nowhere" : name();
    } else if (dice < 9 && !files_.empty()) {
      entry.kind = tree_kind::hard_link;
      entry.content = any(files_);
    } else if (dice == 9) {
      choose_special(entry);
    } else if (dice == 10) {
      entry.kind = tree_kind::sparse_file;
      entry.content = content();
      entry.hole = 1'048'576;
      entry.extents = static_cast<int>(below(4));
    } else {
      entry.mode = any(file_modes);
      entry.content = content();
      files_.push_back(entry.path);
    }
  }

  void choose_special(tree_entry& entry) {
    static const std::vector<tree_kind> kinds = {tree_kind::fifo, tree_kind::socket,
                                                 tree_kind::char_device, tree_kind::block_device};
    entry.kind = kinds[below(means_.devices ? kinds.size() : 2)];
    entry.mode = one_in(2) ? 0620 : 0644;
    const bool is_device =
        entry.kind == tree_kind::char_device || entry.kind == tree_kind::block_device;
    if (is_device) entry.device = makedev(200 + below(100), below(200'000));
  }

  void adorn(tree_entry& entry) {
    const bool is_file = entry.kind == tree_kind::file || entry.kind == tree_kind::sparse_file;
    const bool is_directory = entry.kind == tree_kind::directory;
    if (means_.owners && one_in(3)) {
      entry.user = static_cast<uid_t>(below(3) * 1'000);
      entry.group = static_cast<gid_t>(below(3) * 50);
    }
    if (means_.user_attributes && (is_file || is_directory) && one_in(3)) add_user(entry);
    if (means_.trusted_attributes && one_in(5)) {
      entry.attributes.push_back({"trusted.seed", bytes(below(30))});
    }
    if (means_.security_attributes && is_file && one_in(6)) {
      entry.attributes.push_back({capability, capability_bytes(static_cast<unsigned>(below(38)))});
    }
    if (means_.security_attributes && one_in(6)) {
      entry.attributes.push_back({"security.selinux", "system_u:object_r:bin_t:s0"});
    }
    if (means_.access_lists && entry.kind != tree_kind::symlink && one_in(4)) {
      entry.attributes.push_back({access_list, list()});
    }
    if (means_.access_lists && is_directory && one_in(3)) {
      entry.attributes.push_back({default_list, list()});
    }
  }

  void add_user(tree_entry& entry) {
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) {
      entry.attributes.push_back({"user.name " + std::to_string(i) + "\xff", bytes(below(400))});
    }
  }

  std::string permissions() {
    static const std::vector<std::string> all = {"---", "r--", "rw-", "r-x", "rwx"};
    return any(all);
  }

  // The owner may read and enter, so that an ordinary one can.
  std::string list() {
    std::string text = "u::rwx,u:1000:" + permissions() + ",g::" + permissions();
    if (one_in(2)) text += ",g:50:" + permissions();
    return acl_bytes(text + ",m::" + permissions() + ",o::" + permissions());
  }

  std::mt19937 random_;
  const tree_means means_;
  tree made_;
  std::vector<std::string> directories_;
  std::vector<std::string> files_;
};

bool can_set(const std::string& path, const char* name, const std::string& value) {
  return ::lsetxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

// Where something watches over labels, it also makes its own.
bool labels_are_free(const std::string& path) {
  return can_set(path, "security.selinux", "a label");
}

}  // namespace

tree_means means_in(const fs::path& directory) {
  std::string probe = (directory / "means-XXXXXX").string();
  const unique_fd file(::mkstemp(probe.data()));
  const std::string device = probe + "-device";
  const std::string link = probe + "-link";
  const bool linked = ::symlink("nowhere", link.c_str()) == 0;
  tree_means found{.long_paths = true};
  found.user_attributes = can_set(probe, "user.probe", "");
  found.access_lists =
      can_set(probe, access_list, acl_bytes("u::rw-,u:1:r--,g::r--,m::r--,o::---"));
  found.trusted_attributes = linked && can_set(link, "trusted.probe", "");
  found.security_attributes =
      labels_are_free(probe) && can_set(probe, capability, capability_bytes(0));
  found.devices = ::mknod(device.c_str(), S_IFCHR | 0600, makedev(200, 1)) == 0;
  found.owners = ::chown(probe.c_str(), 1'000, 50) == 0;
  for (const std::string& made : {probe, device, link}) ::unlink(made.c_str());
  return found;
}

tree random_tree(std::uint32_t seed, std::size_t entries, tree_means means) {
  return tree_maker(seed, means).make(entries);
}

}  // namespace support
