// What generators that delegate to one another share: how they are resumed, ended and dropped.
#pragma once

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"
#include "par/iterators/generator_errors.h"
#include "par/iterators/stop_iteration.h"

namespace par::inline PAR_ABI::detail {

// Stands for a value that is never sent.
struct nothing {};

// The links of a generator, the base of its promise.
//
//   root --leaf_--------------------.        The root is the one that its user resumes. Each other
//    ^                              v        one is what its parent delegates to; the leaf, which
//    +---parent_--- ... <--parent_- leaf     delegates to nobody, runs when the root is resumed.
//    ^------------------root_---------'
//
// Only the root's leaf_ and the leaf's root_ are kept up to date, so that to delegate, to come
// back and to yield are a few stores each, however long the chain is.
template <class Reference, class Send>
class generator_link {
 public:
  using sent_type = std::conditional_t<std::is_void_v<Send>, nothing, Send>;

  explicit generator_link(std::coroutine_handle<> frame) noexcept
      : frame_(frame), root_(this), leaf_(this) {}
  generator_link(const generator_link&) = delete;
  generator_link& operator=(const generator_link&) = delete;

  // Of roots, all that is public.
  [[nodiscard]] bool started() const noexcept { return yielded_ != nullptr || ended(); }
  [[nodiscard]] bool ended() const noexcept { return leaf_ == nullptr; }

  // Throws std::logic_error if it runs, or is no root.
  void require_idle() const {
    if (busy_) throw_already_executing();
  }

  // What was yielded last; not when it has ended.
  [[nodiscard]] auto& yielded() const noexcept { return *yielded_; }

  // Runs the chain up to the next yield or its end. To delegate and to come back only change the
  // leaf and return to here, so the stack does not grow with the chain.
  void resume() noexcept {
    busy_ = true;
    while (leaf_ != nullptr) {
      const generator_link* const ran = leaf_;
      ran->frame_.resume();
      if (leaf_ == ran) break;  // It has yielded.
    }
    busy_ = false;
  }

  // The yield where the leaf waits gives the value. Not when it has ended.
  void resume_with(sent_type value) {
    leaf_->sent_.emplace(std::move(value));
    resume();
  }

  // The yield where the leaf waits throws. With a generator_exit the chain is closed: each parent
  // is thrown one in turn, whatever its child has made of its own. Not when it has ended.
  void resume_with(std::exception_ptr error) noexcept {
    close_chain_ = leaf_->closing_ = is_generator_exit(error);
    leaf_->thrown_ = std::move(error);
    resume();
    close_chain_ = false;
  }

  // Throws, once, what it has ended with, if it threw.
  void rethrow() {
    if (error_ != nullptr) std::rethrow_exception(take_error());
  }
  [[nodiscard]] std::exception_ptr take_error() noexcept { return std::exchange(error_, nullptr); }

  // Destroys the chain from the leaf up: each frame before the one whose objects it may
  // refer to, and none from within another.
  void destroy() noexcept {
    generator_link* each = leaf_ != nullptr ? leaf_ : this;
    while (each != this) {
      generator_link* const parent = each->parent_;
      *each->owner_ = nullptr;
      each->frame_.destroy();
      each = parent;
    }
    frame_.destroy();
  }

  // The generator that owns the frame of a delegate has moved.
  void set_owner(generator_link** owner) noexcept {
    if (owner_ != nullptr) replace_owner(owner);
  }

 protected:
  // Of a leaf: hands a value to the user of the root.
  void yield(std::remove_reference_t<Reference>* value) noexcept { root_->yielded_ = value; }

  // Of a leaf that is resumed after a yield.
  void rethrow_thrown() {
    if (thrown_ != nullptr) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

  // The same; what was sent to it, if something was.
  std::optional<sent_type> take_sent() { return std::exchange(sent_, std::nullopt); }

  // Of a leaf: goes on with a chain of its own, not ended, whose root's frame belongs to *owner.
  void delegate_to(generator_link& child, generator_link** owner) noexcept {
    child.busy_ = true;
    child.parent_ = this;
    child.owner_ = owner;
    child.leaf_->root_ = root_;
    root_->leaf_ = child.leaf_;
  }

  // Of a leaf that is resumed because the child it delegated to has ended.
  void after_child(generator_link& child) {
    if (child.parent_ == nullptr) return;  // It had ended before, and was not delegated to.
    child.parent_ = nullptr;
    child.owner_ = nullptr;
    child.busy_ = false;
    const std::exception_ptr error = child.take_error();
    if (child.closing_ && root_->close_chain_) {
      closing_ = true;
      if (error == nullptr || is_generator_exit(error)) throw generator_exit();
    }
    if (error != nullptr) std::rethrow_exception(error);
  }

  void fail() noexcept { error_ = escaped_exception(); }

  // Of a leaf: its parent is the leaf now.
  void end() noexcept {
    leaf_ = nullptr;
    if (parent_ == nullptr) return;
    root_->leaf_ = parent_;
    parent_->root_ = root_;
  }

 private:
  // Inlined, GCC takes it for a pointer to a local variable that is left behind
  // (-Wdangling-pointer).
  [[gnu::noinline]] void replace_owner(generator_link** owner) noexcept { owner_ = owner; }

  std::coroutine_handle<> frame_;
  generator_link* root_;
  generator_link* leaf_;                                   // Null when ended.
  generator_link* parent_ = nullptr;                       // While another delegates to this.
  generator_link** owner_ = nullptr;                       // While another delegates to this.
  std::remove_reference_t<Reference>* yielded_ = nullptr;  // Of a root.
  std::exception_ptr thrown_;                              // Of a leaf, as sent_.
  std::exception_ptr error_;                               // When ended.
  bool busy_ = false;                                      // Runs, or another delegates to it.
  bool closing_ = false;                                   // Was thrown a generator_exit.
  bool close_chain_ = false;                               // Of a root: during its resumption.
  [[no_unique_address]] std::optional<sent_type> sent_;
};

}  // namespace par::inline PAR_ABI::detail
