#include "countips/workers/shared_pieces.h"

#include <fcntl.h>

#include <new>

#include "par/processes/codec.h"

namespace countips {

shared_pieces::shared_pieces(const std::string& path, const file_pieces& pieces, std::size_t takers)
    : pieces_(pieces), memory_(takers * sizeof(piece_queue::region)) {
  new (memory_.data()) piece_queue::region[takers];
  piece_queue::fill(regions(), pieces.count);
  // Only to be named: what keeps it from being read shows when a process opens it.
  par::descriptor file(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (file) file_ = std::make_shared<const par::descriptor>(std::move(file));
}

std::span<piece_queue::region> shared_pieces::regions() const noexcept {
  return {std::launder(reinterpret_cast<piece_queue::region*>(memory_.data())),
          memory_.size() / sizeof(piece_queue::region)};
}

piece_taker shared_pieces::taker(std::size_t number) const noexcept {
  return {pieces_, piece_queue(regions()), number};
}

std::string shared_pieces::path() const {
  return file_ == nullptr ? std::string() : "/proc/self/fd/" + std::to_string(file_->get());
}

void shared_pieces::save(par::parcel_writer& to) const {
  to(pieces_, static_cast<bool>(memory_), file_ != nullptr);
  if (memory_) memory_.save(to);
  if (file_ != nullptr) to.attach(*file_);
}

void shared_pieces::load(par::parcel_reader& from) {
  bool has_memory = false;
  bool has_file = false;
  from(pieces_, has_memory, has_file);
  if (has_memory) memory_.load(from);
  if (has_memory && regions().empty()) throw par::codec_error("no pieces of a file");
  if (has_file) file_ = std::make_shared<const par::descriptor>(from.detach());
}

}  // namespace countips
