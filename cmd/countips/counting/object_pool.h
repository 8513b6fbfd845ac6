// Objects that tasks borrow: as many as are in use at once.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace countips {

// Thread-safe. T is made by its default constructor when none is free. The pool must outlive what
// is borrowed from it.
template <class T>
class object_pool {
 public:
  // Gives the object back when destroyed.
  class borrowed {
   public:
    borrowed(object_pool& from, std::unique_ptr<T> object)
        : from_(from), object_(std::move(object)) {}
    ~borrowed() { from_.give_back(std::move(object_)); }
    borrowed(const borrowed&) = delete;
    borrowed& operator=(const borrowed&) = delete;

    T* operator->() const noexcept { return object_.get(); }
    T& operator*() const noexcept { return *object_; }

   private:
    object_pool& from_;
    std::unique_ptr<T> object_;
  };

  [[nodiscard]] borrowed borrow() { return borrowed(*this, take()); }

  // All objects there are. REQUIRES that none is borrowed.
  [[nodiscard]] std::vector<std::unique_ptr<T>> release() {
    const par::lock_guard lock(guard_);
    return std::exchange(free_, {});
  }

 private:
  std::unique_ptr<T> take() {
    {
      const par::lock_guard lock(guard_);
      if (!free_.empty()) {
        std::unique_ptr<T> last = std::move(free_.back());  // The one most likely still in a cache.
        free_.pop_back();
        return last;
      }
    }
    return std::make_unique<T>();
  }

  void give_back(std::unique_ptr<T> object) {
    const par::lock_guard lock(guard_);
    free_.push_back(std::move(object));
  }

  par::mutex guard_;
  std::vector<std::unique_ptr<T>> free_ PAR_GUARDED_BY(guard_);
};

}  // namespace countips
