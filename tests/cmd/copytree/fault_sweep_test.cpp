// Every call of a copy fails once, at every place: whatever it was, the entry is named, the rest
// arrives, and nothing partial, hidden or open remains.
#include <gmock/gmock.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "copytree/data/copy_data.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using support::tree_entry;
using testing::IsEmpty;

support::tree tree_with(const std::string& content) {
  return {file("f", content),
          file("empty"),
          file("long", std::string(long_file + 1, content.front())),
          tree_entry{.path = "sparse",
                     .kind = support::tree_kind::sparse_file,
                     .content = content,
                     .hole = 65'536},
          dir("d"),
          file("d/f", content),
          dir("d/e", 0700),
          file("d/e/f", content, 0600),
          symlink("d/e/l", "target"),
          dir("empty d"),
          symlink("l", content),
          fifo("p"),
          file("h", content),
          hard_link("d/h", "h"),
          hard_link("d/e/h", "h")};
}

// What each kind of call may fail with; the others with these first.
std::vector<std::errc> reasons_of(call what) {
  switch (what) {
    case call::open:
      return {std::errc::too_many_files_open, std::errc::permission_denied,
              std::errc::no_such_file_or_directory};
    case call::write:
    case call::truncate:
    case call::close:
    case call::make_directory:
    case call::make_symlink:
    case call::make_node:
      return {std::errc::no_space_on_device, static_cast<std::errc>(EDQUOT)};
    case call::clone:
    case call::copy_range:
      return {std::errc::cross_device_link, std::errc::no_space_on_device, std::errc::io_error};
    case call::make_link:
      return {std::errc::too_many_links, std::errc::operation_not_permitted};
    default:
      return {std::errc::io_error, std::errc::not_enough_memory};
  }
}

std::size_t open_descriptors() {
  const auto open = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

// One copy in which the n-th call of a kind fails.
class failing_copy {
 public:
  failing_copy(const playground& ground, const support::tree& before, copy_setup with, call what,
               int n, std::errc reason)
      : ground_(ground),
        before_(before),
        fs_([=, this](call made, const char*) {
          return made == what && ++seen_ == n ? reason : std::errc{};
        }),
        result_(make(std::move(with))),
        has_failed_(seen_ >= n) {}

  [[nodiscard]] bool has_failed() const { return has_failed_; }

  void check() const {
    EXPECT_EQ(result_.what.errors, counts_.copied.errors);
    EXPECT_EQ(counts_.under_way, 0u);
    for (const error& each : result_.errors) {
      EXPECT_TRUE(each.source.starts_with(ground_.source()) ||
                  each.destination.starts_with(ground_.copy()))
          << "nothing is named";
    }
    for (const std::string& line : support::differences(ground_.source(), ground_.copy())) {
      if (!is_excused(line)) ADD_FAILURE() << line;
    }
    EXPECT_LE(done(), names_below(ground_.copy()).size() + 1);
  }

 private:
  copy_result make(copy_setup with) {
    with.fs = &fs_;
    with.counts = &counts_;
    return copy_now({ground_.source() + "/."}, ground_.copy(), with);
  }

  [[nodiscard]] std::uint64_t done() const {
    const report& what = result_.what;
    return what.files + what.directories + what.symlinks + what.hard_links + what.specials;
  }

  // A difference is excused if an error names the entry, or another name of the same file, or a
  // directory above it that was lost.
  // What a file contains may only differ by being what it was before.
  [[nodiscard]] bool is_excused(const std::string& line) const {
    const std::string path = line.substr(0, line.find(": "));
    const std::string difference = line.substr(path.size() + 2);
    if (difference.starts_with("content") && !is_as_before(path)) return false;
    if (difference.starts_with("data ")) return true;  // Holes may be filled.
    if (difference.starts_with("first name")) return !result_.errors.empty();
    return std::ranges::any_of(result_.errors,
                               [&](const error& each) { return explains(each, path); });
  }

  [[nodiscard]] bool is_as_before(const std::string& path) const {
    auto entry = std::ranges::find(before_, path.substr(2), &tree_entry::path);
    if (entry != before_.end() && entry->kind == support::tree_kind::hard_link) {
      entry = std::ranges::find(before_, entry->content, &tree_entry::path);
    }
    if (entry == before_.end()) return false;
    const std::string hole(entry->hole, '\0');
    return content_of(ground_.copy() + "/" + path) == hole + entry->content + hole;
  }

  [[nodiscard]] bool explains(const error& each, const std::string& path) const {
    const std::string here = ground_.copy() + "/" + path;
    if (is_of_attributes(each.what)) {
      return exists(here) && id_of(status_of(here)) == id_of(status_of(each.destination));
    }
    const std::string named = std::filesystem::path(each.destination).lexically_normal();
    const std::string normal = std::filesystem::path(here).lexically_normal();
    return normal == named || normal.starts_with(named.ends_with("/") ? named : named + "/");
  }

  static bool is_of_attributes(operation what) {
    switch (what) {
      case operation::set_owner:
      case operation::set_times:
      case operation::set_mode:
      case operation::list_attributes:
      case operation::get_attribute:
      case operation::set_attribute:
      case operation::set_attributes:
        return true;
      default:
        return false;
    }
  }

  const playground& ground_;
  const support::tree& before_;  // What was in the destination.
  std::atomic<int> seen_{0};
  faulty_fs fs_;
  counters counts_;
  copy_result result_;
  bool has_failed_;
};

class fault_sweep : public testing::TestWithParam<int> {
 protected:
  // Fails the first call of the kind, then the second, until there are no more.
  void sweep(const executor_kind& on, const support::tree& before = {},
             std::size_t descriptors = 1024) {
    const auto what = static_cast<call>(GetParam());
    std::vector<std::errc> reasons = reasons_of(what);
    if (on.threads > 1) reasons.resize(1);  // There it is the interleaving that matters.
    for (const std::errc reason : reasons) {
      for (int n = 1;; ++n) {
        SCOPED_TRACE("call " + std::to_string(n) + " fails with " +
                     std::make_error_code(reason).message());
        std::filesystem::create_directory(ground_.copy());
        support::make_tree(ground_.copy(), before);
        const std::size_t open_before = open_descriptors();
        const failing_copy copy(ground_, before,
                                {.executor = on, .how = {.descriptors = descriptors}}, what, n,
                                reason);
        EXPECT_EQ(open_descriptors(), open_before) << "a descriptor has leaked";
        if (!copy.has_failed()) break;
        copy.check();
        EXPECT_THAT(hidden(), IsEmpty());
        if (HasFailure()) return;
        std::filesystem::remove_all(ground_.copy());
      }
      std::filesystem::remove_all(ground_.copy());
    }
  }

  // Temporary names that were left behind.
  [[nodiscard]] std::vector<std::string> hidden() const {
    std::vector<std::string> names = names_below(ground_.copy());
    std::erase_if(names, [](const std::string& name) {
      return name.find(".copytree-") == std::string::npos;
    });
    return names;
  }

  const playground ground_{tree_with("new content")};
};

TEST_P(fault_sweep, of_a_new_copy) {
  sweep({"serial", 1});
}

TEST_P(fault_sweep, of_a_new_copy_on_threads) {
  sweep({"threads", 3});
}

TEST_P(fault_sweep, of_a_copy_over_an_older_one) {
  sweep({"serial", 1}, tree_with("old content"));
}

// Where directories are closed and opened again.
TEST_P(fault_sweep, of_a_copy_with_few_descriptors) {
  sweep({"serial", 1}, {}, 16);
}

INSTANTIATE_TEST_SUITE_P(all_calls, fault_sweep,
                         testing::Range(0, static_cast<int>(call::count_of_calls)));

}  // namespace
}  // namespace copytree
