#include "fib/text/buffer_pool.h"

#include <utility>
#include <vector>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace fib {

// The free pieces. The one given back last is taken first: a cache still holds it.
class buffer_pool::shelf {
 public:
  piece take() {
    const par::lock_guard lock(guard_);
    if (free_.empty()) {
      free_.reserve(++pieces_);
      return {};
    }
    piece taken = std::move(free_.back());
    free_.pop_back();
    return taken;
  }

  void give_back(piece taken) noexcept {  // There is room: take() has seen to it.
    const par::lock_guard lock(guard_);
    free_.push_back(std::move(taken));
  }

 private:
  par::mutex guard_;
  std::vector<piece> free_ PAR_GUARDED_BY(guard_);
  std::size_t pieces_ PAR_GUARDED_BY(guard_) = 0;  // Ever handed out: free_ never holds more.
};

buffer_pool::buffer_pool() : shelf_(std::make_shared<shelf>()) {}

buffer_pool::buffer buffer_pool::take(std::size_t bytes) {
  buffer taken(shelf_, shelf_->take());
  if (taken.piece_.size < bytes) {
    taken.piece_ = {};                           // First: never hold both.
    const std::size_t size = bytes + bytes / 8;  // Later blocks are a little larger.
    taken.piece_ = {.bytes = std::make_unique_for_overwrite<char[]>(size), .size = size};
  }
  return taken;
}

buffer_pool::buffer::buffer(std::shared_ptr<shelf> from, piece taken) noexcept
    : shelf_(std::move(from)), piece_(std::move(taken)) {}

buffer_pool::buffer::~buffer() {
  if (shelf_ != nullptr) shelf_->give_back(std::move(piece_));
}

}  // namespace fib
