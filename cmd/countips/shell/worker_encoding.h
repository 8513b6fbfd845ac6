// How the set-up of a worker is taken apart to be sent: see par/processes/codec.h.
#pragma once

#include "countips/shell/worker_setup.h"
#include "par/processes/codec.h"

namespace countips {

template <class Archive>
void serialize(Archive& archive, configured_format& of) {
  archive(of.server, of.name, of.text, of.escape);
}

template <class Archive>
void serialize(Archive& archive, format_sources& of) {
  archive(of.texts, of.configured);
}

template <class Archive>
void serialize(Archive& archive, worker_setup& of) {
  archive(of.arguments, of.here, of.formats, of.first_rejects, of.counters, of.hash_seed);
}

}  // namespace countips
