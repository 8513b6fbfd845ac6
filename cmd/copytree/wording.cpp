#include "copytree/wording.h"

#include <fmt/format.h>

#include <string_view>

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
    case operation::open_destination_directory:
      return "cannot access {destination}";
    case operation::create_file:
      return "cannot create regular file {destination}";
    case operation::create_directory:
      return "cannot create directory {destination}";
    case operation::create_symlink:
      return "cannot create symbolic link {destination}";
    case operation::create_special:
      return "cannot create special file {destination}";
    case operation::create_hard_link:
      return "cannot create hard link {destination}";
    case operation::write_data:
      return "error writing {destination}";
    case operation::replace:
      return "cannot replace {destination}";
    case operation::remove:
      return "cannot remove {destination}";
    case operation::set_owner:
      return "failed to preserve ownership for {destination}";
    case operation::set_times:
      return "preserving times for {destination}";
    case operation::set_mode:
      return "preserving permissions for {destination}";
    case operation::same_file:
      return "{source} and {destination} are the same file";
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
    case operation::repeated_source:
      return "warning: source {source} specified more than once";
    case operation::source_replaced:
      return "skipping file {source}, as it was replaced while being copied";
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
  }
  return "";
}

}  // namespace

std::string describe(const error& what) {
  std::string text =
      fmt::format(fmt::runtime(words(what.what)), fmt::arg("source", cli::quoted(what.source)),
                  fmt::arg("destination", cli::quoted(what.destination)));
  if (what.reason != std::errc{}) text += ": " + cli::reason(static_cast<int>(what.reason));
  return text;
}

std::string describe_copy(const std::string& source, const std::string& destination) {
  return cli::quoted(source) + " -> " + cli::quoted(destination);
}

std::string describe_removal(const std::string& destination) {
  return "removed " + cli::quoted(destination);
}

}  // namespace copytree
