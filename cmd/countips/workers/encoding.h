// How the values of this room are taken apart to be sent: see par/processes/codec.h.
#pragma once

#include "countips/workers/part.h"
#include "par/processes/codec.h"

namespace countips {

template <class Archive>
void serialize(Archive& archive, client_values& of) {
  archive(of.v4, of.v6, of.names);
}

template <class Archive>
void serialize(Archive& archive, group_values& of) {
  archive(of.key, of.host, of.requests, of.clients, of.counted, of.counts);
}

template <class Archive>
void serialize(Archive& archive, format_summary::candidate& of) {
  archive(of.name, of.accepted, of.fitting);
}

template <class Archive>
void serialize(Archive& archive, format_summary& of) {
  archive(of.name, of.lines, of.candidates, of.is_blank, of.is_whole);
}

template <class Archive>
void serialize(Archive& archive, rejected_line& of) {
  archive(of.number, of.why, of.text);
}

template <class Archive>
void serialize(Archive& archive, input_result& of) {
  archive(of.lines, of.failed, of.format, of.rejects);
}

template <class Archive>
void serialize(Archive& archive, part& of) {
  archive(of.path, of.file, of.begin, of.end);
}

template <class Archive>
void serialize(Archive& archive, part_count& of) {
  archive(of.result, of.groups);
}

}  // namespace countips
