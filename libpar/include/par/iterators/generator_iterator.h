// The iterator of a generator.
#pragma once

#include <cstddef>
#include <iterator>
#include <type_traits>

#include "par/base/abi.h"
#include "par/iterators/generator_chain.h"

namespace par::inline PAR_ABI::detail {

// All iterators of a generator are at its one position. Valid as long as the generator, which may
// be moved. ++ throws what the body throws, and std::logic_error if the generator is running.
template <class Yield, class Send>
class generator_iterator {
 public:
  using value_type = std::remove_cvref_t<Yield>;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;
  using link = generator_link<Yield&&, Send>;

  generator_iterator() = default;
  explicit generator_iterator(link* at) noexcept : link_(at) {}

  Yield&& operator*() const noexcept { return static_cast<Yield&&>(link_->yielded()); }
  generator_iterator& operator++() {
    if (link_ == nullptr) return *this;
    link_->require_idle();
    link_->resume();
    if (link_->ended()) link_->rethrow();
    return *this;
  }
  void operator++(int) { ++*this; }

  bool operator==(std::default_sentinel_t) const noexcept {
    return link_ == nullptr || link_->ended();
  }

 private:
  link* link_ = nullptr;  // Null for a generator without a body.
};

}  // namespace par::inline PAR_ABI::detail
