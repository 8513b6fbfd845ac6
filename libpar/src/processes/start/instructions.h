// What a child that is not forked by its parent is told, and how it goes on from there.
#pragma once

#include <array>
#include <cstdint>

#include "child.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "par/processes/entry_point.h"
#include "par/processes/parcel_archive.h"

namespace par::inline PAR_ABI::detail {

// What a child of the fork server has not inherited of its parent.
struct surroundings {
  std::uint32_t user = 0;  // Effective, as the group.
  std::uint32_t group = 0;
  descriptor directory = {};
  std::array<descriptor, 3> standard =
      {};  // Input, output, error; none: closed in the parent, too.
};

// The first message; the second one is the body, which `entry`, an int(parcel&), runs.
struct instructions {
  child_start start = {};
  entry_point entry = {};
  descriptor requests = {};  // Of the fork server, for the child's own children.
  bool forked = false;       // By the fork server, so the surroundings are there.
  surroundings around = {};

  void save(parcel_writer& to) const;
  void load(parcel_reader& from);
};

// Those of this process. Throws std::system_error.
[[nodiscard]] surroundings surroundings_of_this_process();

// Sends both messages. A child that has ended is no error: its exit status tells.
void instruct(connection& child, const instructions& told, const parcel& body);

// Takes the instructions, runs the function and ends the process. Throws codec_error if something
// else comes: who is there is no process of libpar.
[[noreturn]] void run_instructed(connection parent);

}  // namespace par::inline PAR_ABI::detail
