// Parcels over a stream socket: a header, the bytes, and the open files beside the header.
#pragma once

#include <cstddef>
#include <span>

#include "par/processes/parcel.h"

namespace par::inline PAR_ABI::detail {

// What goes in front of the bytes.
struct frame_header {
  std::size_t size = 0;   // Of the bytes that follow.
  std::size_t files = 0;  // Descriptors that come with the first byte of the header.
};

// At most this many open files go with one parcel: the kernel's limit, SCM_MAX_FD.
constexpr std::size_t most_files = 253;

// Waits until everything is handed to the system. Throws std::system_error; std::length_error if
// there are too many files. Over TCP none can go: std::system_error (operation_not_supported).
void send_frame(int socket, std::span<const std::byte> bytes,
                std::span<const descriptor> files = {});

// Waits for a header and takes the files, as many as this process has room for. Throws
// end_of_stream, std::system_error.
frame_header recv_header(int socket, std::vector<descriptor>& files);

// Keeps none and throws std::system_error (too_many_files_open) if these are not all. Before that
// the bytes are to be read: what comes next is another header.
void require_files(const frame_header& header, std::vector<descriptor>& files);

// Waits until the buffer is full of what follows. Throws end_of_stream, std::system_error.
void recv_all(int socket, std::span<std::byte> buffer);

}  // namespace par::inline PAR_ABI::detail
