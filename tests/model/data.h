// Plain data of a scenario, watched for races.
#pragma once

#include <utility>

#include "model/execution.h"

namespace model {

// What a lock guards or a queue carries. Two accesses that nothing puts in order, one of them a
// write, fail the run as "data race". Making, copying from and destroying one are accesses too.
template <class T>
class data {
 public:
  data() { wrote(); }
  data(T value) : value_(std::move(value)) { wrote(); }  // Implicit: stands in for a T.
  data(const data& other) : value_(other.get()) { wrote(); }
  data(data&& other) noexcept : value_(other.take()) { wrote(); }
  ~data() { wrote(); }

  data& operator=(const data& other) {
    set(other.get());
    return *this;
  }
  data& operator=(data&& other) noexcept {
    set(other.take());
    return *this;
  }

  [[nodiscard]] const T& get() const {
    if (execution* const here = execution::current()) {
      check(*here, here->races().read(this, here->now(), here->known()));
    }
    return value_;
  }

  void set(T value) {
    wrote();
    value_ = std::move(value);
  }

 private:
  T take() {
    wrote();
    return std::move(value_);
  }

  void wrote() const {
    if (execution* const here = execution::current()) {
      check(*here, here->races().write(this, here->now(), here->known()));
    }
  }

  static void check(execution& here, bool ordered) {
    if (!ordered) here.fail("data race");
  }

  T value_{};
};

}  // namespace model
