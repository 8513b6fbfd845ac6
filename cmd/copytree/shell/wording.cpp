#include "copytree/shell/wording.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstddef>

#include "cli/messages.h"

namespace copytree {

namespace {

// Both paths can be named in each.
std::string_view words(operation what) {
  switch (what) {
    case operation::stat_source:
      return "cannot stat {source}";
    case operation::open_source:
      return "cannot open {source} for reading";
    case operation::open_source_directory:
      return "cannot access {source}";
    case operation::read_directory:
      return "error reading directory {source}";
    case operation::read_link:
      return "cannot read symbolic link {source}";
    case operation::read_data:
      return "error reading {source}";
    case operation::stat_destination:
      return "cannot stat {destination}";
    case operation::open_target:
      return "target {destination}";
    case operation::open_target_directory:
      return "target directory {destination}";
    case operation::stat_parent:
      return "failed to get attributes of {source}";
    case operation::make_parent:
      return "cannot make directory {destination}";
    case operation::open_destination_directory:
      return "cannot access {destination}";
    case operation::create_file:
      return "cannot create regular file {destination}";
    case operation::create_directory:
      return "cannot create directory {destination}";
    case operation::create_symlink:
      return "cannot create symbolic link {destination}";
    case operation::create_fifo:
      return "cannot create fifo {destination}";
    case operation::create_special:
      return "cannot create special file {destination}";
    case operation::create_hard_link:
      return "cannot create hard link {destination} to {source}";
    case operation::create_substitute_link:
      return "cannot create symbolic link {destination} to {source}";
    case operation::set_aside:
      return "cannot backup {destination}";
    case operation::remove_destination:
      return "cannot remove {destination}";
    case operation::write_data:
      return "error writing {destination}";
    case operation::clone:
      return "failed to clone {destination} from {source}";
    case operation::sync:
      return "error syncing {destination}";
    case operation::read_back:
      return "error reading back {destination}";
    case operation::remove_leftover:
      return "cannot remove {destination}";
    case operation::replace:
      return "cannot replace {destination}";
    case operation::set_owner:
      return "failed to preserve ownership for {destination}";
    case operation::set_times:
      return "preserving times for {destination}";
    case operation::set_mode:
      return "preserving permissions for {destination}";
    case operation::list_attributes:
      return "listing attributes of {source}";
    case operation::get_attribute:
      return "getting attribute {attribute} of {source}";
    case operation::set_attribute:
      return "setting attribute {attribute} for {destination}";
    case operation::set_attributes:
      return "setting attributes for {destination}";
    case operation::same_file:
      return "{source} and {destination} are the same file";
    case operation::not_recursive:
      return "-r not specified; omitting directory {source}";
    case operation::cyclic_link:
      return "cannot copy cyclic symbolic link {source}";
    case operation::into_itself:
      return "cannot copy a directory, {source}, into itself, {destination}";
    case operation::directory_over_other:
      return "cannot overwrite non-directory {destination} with directory {source}";
    case operation::other_over_directory:
      return "cannot overwrite directory {destination} with non-directory";
    case operation::already_exists:
      return "destination {destination} already exists";
    case operation::just_created:
      return "will not overwrite just-created {destination} with {source}";
    case operation::through_new_link:
      return "will not copy {source} through just-created symlink {destination}";
    case operation::through_dangling_link:
      return "not writing through dangling symlink {destination}";
    case operation::not_replacing:
      return "not replacing {destination}";
    case operation::source_is_backup:
      return "backing up {destination} might destroy source;  {source} not copied";
    case operation::relative_link_elsewhere:
      return "{destination_bare}: can make relative symbolic links only in current directory";
    case operation::parent_not_directory:
      return "{destination} exists but is not a directory";
    case operation::repeated_source:
      return "warning: source file {source} specified more than once";
    case operation::repeated_source_directory:
      return "warning: source directory {source} specified more than once";
    case operation::source_replaced:
      return "skipping file {source}, as it was replaced while being copied";
    case operation::source_changed:
      return "{source} was changed while being copied";
    case operation::content_differs:
      return "{destination} differs from {source} when read back";
    case operation::backup_of_root:
      return "cannot make a backup copy of {source} beside itself";
    case operation::remove_source:
      return "not removing {destination}, as it is a source or holds one";
    case operation::removal_refused:
      return "nothing is removed from {destination}, as not everything could be copied";
    case operation::mirror_of_several:
      return "cannot make {destination} a mirror of {source} and of other sources at once";
    case operation::empty_name:
      return "{source}: invalid zero-length file name";
    case operation::lose_process:
      return "cannot copy {source}: {ending}";
  }
  return "";
}

// "rwxr-xr-x", as ls shows it.
std::string mode_letters(mode_t mode) {
  std::string text = "rwxrwxrwx";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((mode & (0400U >> i)) == 0) text[i] = '-';
  }
  const auto mark = [&](mode_t bit, std::size_t place, char with_x, char without) {
    if ((mode & bit) != 0) text[place] = text[place] == 'x' ? with_x : without;
  };
  mark(S_ISUID, 2, 's', 'S');
  mark(S_ISGID, 5, 's', 'S');
  mark(S_ISVTX, 8, 't', 'T');
  return text;
}

std::string_view word(means how) {
  switch (how) {
    case means::unknown:
      return "unknown";
    case means::yes:
      return "yes";
    case means::no:
      return "no";
    case means::avoided:
      return "avoided";
    case means::unsupported:
      return "unsupported";
  }
  return "";
}

std::string_view hole_detection(const transfer& how) {
  if (how.seeks_holes) return how.finds_zeros ? "SEEK_HOLE + zeros" : "SEEK_HOLE";
  return how.finds_zeros ? "zeros" : "no";
}

// Without quotes if no shell would need them.
std::string bare_if_plain(const std::string& name, const quoter& quote) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  return name.find_first_not_of(plain) == std::string::npos ? name : quote(name);
}

}  // namespace

std::string describe(const error& what, const quoter& quote) {
  std::string text =
      fmt::format(fmt::runtime(words(what.what)), fmt::arg("source", quote(what.source)),
                  fmt::arg("destination", quote(what.destination)),
                  fmt::arg("destination_bare", bare_if_plain(what.destination, quote)),
                  fmt::arg("attribute", quote(what.attribute)), fmt::arg("ending", what.ending));
  if (what.reason != std::errc{}) text += ": " + cli::reason(static_cast<int>(what.reason));
  return text;
}

std::string describe(const question& about, const quoter& quote) {
  const std::string name = quote(about.destination);
  if (!about.unwritable) return fmt::format("overwrite {}? ", name);
  const mode_t mode = *about.unwritable & 07777;
  const std::string shown = mode_letters(mode);
  if (about.removes) {
    return fmt::format("replace {}, overriding mode {:04o} ({})? ", name, mode, shown);
  }
  return fmt::format("unwritable {} (mode {:04o}, {}); try anyway? ", name, mode, shown);
}

std::string describe(const transfer& how) {
  return fmt::format("copy offload: {}, reflink: {}, sparse detection: {}", word(how.offload),
                     word(how.reflink), hole_detection(how));
}

std::string describe_copy(const std::string& source, const std::string& destination,
                          const quoter& quote) {
  return quote(source) + " -> " + quote(destination);
}

}  // namespace copytree
