// What travels between the process that runs a copy and those that copy for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copytree/model/copy_state.h"
#include "copytree/model/error.h"
#include "copytree/model/observer.h"
#include "copytree/run/left_entries.h"
#include "copytree/system/fs.h"
#include "par/processes/descriptor.h"
#include "par/processes/parcel_archive.h"

namespace copytree {

// A directory under copy. Open, unless it only leads to one that is.
struct directory_value {
  std::uint32_t parent = 0;  // Its number, in a result.
  std::string source;        // The names, as those of a tree_path.
  std::string name;
  file_status status = {};
  file_id destination_id;
  file_id job_root;
  copy_state state;
  bool gives_default_list = false;
  bool holds_operands = false;
  std::optional<std::vector<std::string>> rules;  // Of its own .gitignore.
  par::descriptor from;
  par::descriptor to;  // None in a dry run that would make it.

  void save(par::parcel_writer& into) const;
  void load(par::parcel_reader& from_parcel);
};

// Entries of one directory that one process copies, with all that is below them.
struct share {
  struct entry {
    std::string name;
    unsigned char type = 0;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(name, type);
    }
  };

  std::uint32_t place = 0;           // On the board.
  bool watched = false;              // Somebody wants to know of lost directories.
  std::vector<directory_value> way;  // From the target of the copy down to theirs.
  std::vector<entry> entries;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(place, watched, way, entries);
  }
};

// Something that the observer of the copy is to be told.
struct told {
  enum class kind : std::uint8_t { failed, noted, copied, removed, summed, explained };

  kind what = kind::failed;
  error problem = {};  // Its paths are also those of the others.
  std::string backup;
  checksum sum;
  transfer how;

  template <class Archive>
  void serialize(Archive& archive) {
    auto& [operation, reason, source, destination, attribute, ending] = problem;
    archive(what, operation, reason, source, destination, attribute, ending, backup, sum, how);
  }
};

// What has become of a share.
struct share_result {
  struct left {
    std::uint32_t in = 0;  // The number of a directory; 0 is that of the share.
    std::string name;
    unsigned char type = 0;
    left_entries::reason why = {};

    template <class Archive>
    void serialize(Archive& archive) {
      archive(in, name, type, why);
    }
  };

  std::vector<std::uint64_t> copied;  // As copied_numbers().
  std::uint64_t settled_entries = 0;
  std::uint64_t settled_bytes = 0;
  std::vector<file_status> settled_links;      // Which bytes these add only the owner knows.
  std::vector<std::vector<std::string>> lost;  // Directories: the names that lead to them.
  std::vector<told> events;                    // In their order.
  // That are not complete; the first is number 1. Each stands behind its parent.
  std::vector<directory_value> directories;
  std::vector<left> rest;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(copied, settled_entries, settled_bytes, settled_links, lost, events, directories, rest);
  }
};

}  // namespace copytree
