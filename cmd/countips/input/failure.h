// What can go wrong with an input.
#pragma once

#include <cstdint>
#include <string>

namespace countips {

struct failure {
  enum class kind {
    look_up,
    list,
    open,
    read,
    truncated,          // Compressed data end in the middle; what came before is counted.
    corrupt,            // Compressed data are damaged; what came before is counted.
    trailing,           // Something else follows the compressed data; it is not counted.
    empty_name,         // In a list of names.
    not_a_log,          // No line is a request with a client and a time;
    no_log_in_samples,  // or none of those that were looked at.
    worker_died,        // The process that counted it; nothing of it is counted.
    no_worker,          // No process is left that could; nothing of it is counted.
    no_answer,          // What the process says is damaged; nothing of it is counted.
  };
  kind what = kind::read;
  int error_number = 0;  // errno for the first four; the signal of worker_died, 0 if none.

  friend bool operator==(const failure&, const failure&) = default;
};

// A failure with the input it happened to; the path is "-" for standard input.
struct input_failure {
  std::string path;
  failure why;

  friend bool operator==(const input_failure&, const input_failure&) = default;
};

}  // namespace countips
