// What chunk returns for an input range.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <ranges>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// An input range of references to input ranges of up to `count` items, count > 0. All of them pull
// from the one range, never an item before it is asked for.
template <std::ranges::view View>
  requires std::ranges::input_range<View>
class input_chunk_view : public std::ranges::view_interface<input_chunk_view<View>> {
 public:
  input_chunk_view(View view, std::size_t count) : view_(std::move(view)), count_(count) {}

  // The items up to the next piece or the end. Others cannot copy or move it, and so keep one, or
  // hand it to another thread, while the view goes on.
  class piece {
   public:
    class iterator {
     public:
      using value_type = std::ranges::range_value_t<View>;
      using difference_type = std::ptrdiff_t;
      using iterator_concept = std::input_iterator_tag;

      iterator() = default;
      explicit iterator(input_chunk_view& of) noexcept : of_(&of) {}

      std::ranges::range_reference_t<View> operator*() const { return **of_->at_; }
      iterator& operator++() {
        of_->step_in_piece();
        return *this;
      }
      void operator++(int) { ++*this; }
      bool operator==(std::default_sentinel_t) const noexcept { return of_->left_ == 0; }

     private:
      input_chunk_view* of_ = nullptr;
    };

    [[nodiscard]] iterator begin() const noexcept { return iterator(*of_); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

   private:
    friend input_chunk_view;
    piece() = default;
    piece(piece&&) noexcept = default;
    piece& operator=(piece&&) noexcept = default;

    input_chunk_view* of_ = nullptr;
  };

  class iterator {
   public:
    using value_type = piece;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    explicit iterator(input_chunk_view& of) noexcept : of_(&of) {}

    piece& operator*() const noexcept { return of_->piece_; }
    iterator& operator++() {
      of_->next_piece();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return of_->ended(); }

   private:
    input_chunk_view* of_ = nullptr;
  };

  [[nodiscard]] iterator begin() {
    at_.emplace(std::ranges::begin(view_));
    piece_.of_ = this;
    start_piece();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  [[nodiscard]] bool ended() { return *at_ == std::ranges::end(view_); }

  void start_piece() { left_ = ended() ? 0 : count_; }

  // Stays on the last item of a piece, so that the one after it is not asked for yet.
  void step_in_piece() {
    if (--left_ == 0) return;
    ++*at_;
    if (ended()) left_ = 0;
  }

  void next_piece() {
    while (left_ > 0) step_in_piece();
    if (ended()) return;
    ++*at_;
    start_piece();
  }

  View view_;
  std::size_t count_;
  std::optional<std::ranges::iterator_t<View>> at_;
  piece piece_;
  std::size_t left_ = 0;  // In the piece, from the item at at_ on.
};

}  // namespace par::inline PAR_ABI
