// How the values of this room are taken apart to be sent: see par/processes/codec.h.
#pragma once

#include "countips/workers/part.h"
#include "par/processes/codec.h"

namespace countips {

template <class Archive>
void serialize(Archive& archive, group& of) {
  archive(of.requests, of.clients, of.counts);
}

template <class Archive>
void serialize(Archive& archive, named_group& of) {
  archive(of.key, of.host, of.counted);
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
void serialize(Archive& archive, block_count& of) {
  archive(of.lines, of.rejects);
}

template <class Archive>
void serialize(Archive& archive, piece_result& of) {
  archive(of.number, of.lines, of.error);
}

template <class Archive>
void serialize(Archive& archive, taker_result& of) {
  archive(of.whole, of.pieces);
}

template <class Archive>
void serialize(Archive& archive, part& of) {
  archive(of.path, of.file, of.taker, of.pieces);
}

template <class Archive>
void serialize(Archive& archive, part_count& of) {
  archive(of.result, of.groups);
}

}  // namespace countips
