#include "copytree/entry/same_file.h"

#include <fcntl.h>

#include <optional>
#include <string>

#include "copytree/entry/standing.h"
#include "copytree/model/operand_name.h"
#include "copytree/run/dereference.h"

namespace copytree {

namespace {

bool is_link(const file_status& status) {
  return S_ISLNK(status.st_mode);
}

// The directory that the source is an entry of.
std::optional<file_id> source_directory(context& run, const leaf& entry) {
  if (!is_operand(entry) || entry.in->source() != AT_FDCWD) return entry.in->source_id();
  std::string directory = parent_of(entry.source);
  if (directory.empty()) directory = ".";
  const auto status = run.fs.status_following({AT_FDCWD, directory.c_str()});
  if (!status) return std::nullopt;
  return id_of(*status);
}

// Both are not only one file but one name of it.
bool is_same_name(context& run, const leaf& entry) {
  if (name_of(entry.source) != entry.name) return false;
  return source_directory(run, entry) == entry.in->destination_id();
}

// The two as they are named, links not followed.
struct names {
  file_status source;
  file_status there;

  [[nodiscard]] bool are_one() const { return id_of(source) == id_of(there); }
};

class comparison {
 public:
  comparison(context& run, const leaf& entry, const file_status& source, const standing& there)
      : run_(run), entry_(entry), source_(source), there_(there.status) {}

  [[nodiscard]] sameness result() const;

 private:
  [[nodiscard]] bool same() const { return id_of(source_) == id_of(there_); }
  [[nodiscard]] bool removes() const { return way_to_change(run_.how) == existing::remove; }
  [[nodiscard]] bool backs_up() const { return run_.how.keep_backup != backup::none; }

  [[nodiscard]] sameness of_links() const;
  [[nodiscard]] sameness unfollowed() const;
  [[nodiscard]] sameness followed() const;
  [[nodiscard]] sameness of_names(const names& both) const;
  [[nodiscard]] bool backup_will_do(const names& both) const;
  [[nodiscard]] bool removal_will_do(const names& both) const;
  [[nodiscard]] sameness of_targets(const names& both) const;

  context& run_;
  const leaf& entry_;
  const file_status& source_;
  const file_status& there_;
};

sameness comparison::result() const {
  if (same() && run_.how.instead == substitute::hard_link) return sameness::already_copied;
  if (!follows(run_, entry_)) return unfollowed();
  // What stands there was not followed: a link that is copied over itself shows only by its name.
  const bool is_copied = run_.how.instead == substitute::none;
  if (is_copied && is_link(there_) && is_same_name(run_, entry_)) return sameness::same;
  return followed();
}

// Both are symbolic links to be copied as such: fine if there are two of them.
sameness comparison::of_links() const {
  if (is_same_name(run_, entry_)) return sameness::same;
  if (same() && !backs_up()) return sameness::already_copied;
  return sameness::different;
}

sameness comparison::unfollowed() const {
  if (is_link(source_) && is_link(there_)) return of_links();
  return of_names({.source = source_, .there = there_});
}

sameness comparison::followed() const {
  if (!same()) return sameness::different;
  const auto source = run_.fs.status_at(entry_.from());
  const auto there = run_.fs.status_at(entry_.to());
  if (!source || !there) return sameness::different;
  if (is_link(*source) && is_link(*there) && removes()) return sameness::different;
  return of_names({.source = *source, .there = *there});
}

// Set aside, the file is safe; but a source that leads to it then leads nowhere.
bool comparison::backup_will_do(const names& both) const {
  if (both.are_one()) return !is_same_name(run_, entry_);
  return !follows(run_, entry_) || !is_link(both.source) || is_link(both.there);
}

bool comparison::removal_will_do(const names& both) const {
  if (is_link(both.there)) return true;
  return both.are_one() && both.there.st_nlink > 1 && !is_same_name(run_, entry_);
}

sameness comparison::of_names(const names& both) const {
  if (backs_up()) return backup_will_do(both) ? sameness::different : sameness::same;
  if (removes() && removal_will_do(both)) return sameness::different;
  if (!is_link(both.source) && !is_link(both.there)) {
    return both.are_one() ? sameness::same : sameness::different;
  }
  if (run_.how.instead == substitute::symbolic_link && is_link(both.there)) {
    return sameness::different;
  }
  return follows(run_, entry_) ? sameness::same : of_targets(both);
}

// One of them is a link: is the other what it leads to?
sameness comparison::of_targets(const names& both) const {
  const auto source = run_.fs.status_following(entry_.from());
  const auto there = run_.fs.status_following(entry_.to());
  if (!source || !there || id_of(*source) != id_of(*there)) return sameness::different;
  if (run_.how.instead != substitute::hard_link) return sameness::same;
  return is_link(both.there) ? sameness::different : sameness::already_copied;
}

}  // namespace

sameness compare(context& run, const leaf& entry, const file_status& source,
                 const standing& there) {
  return comparison(run, entry, source, there).result();
}

}  // namespace copytree
