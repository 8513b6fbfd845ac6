// Futexes of the Linux kernel.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <ctime>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {
namespace {

// The absolute form: the steady clock is CLOCK_MONOTONIC, which is what FUTEX_WAIT_BITSET takes.
timespec absolute(deadline until) noexcept {
  const auto since_boot = until.time().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_boot);
  timespec time{};
  time.tv_sec = seconds.count();
  time.tv_nsec = std::chrono::nanoseconds(since_boot - seconds).count();
  return time;
}

// `scope`: 0, or FUTEX_PRIVATE_FLAG where only threads of this process share the word.
bool sleep_on(const atomic<std::uint32_t>& word, std::uint32_t expected, deadline until,
              int scope) noexcept {
  const timespec time = until.is_never() ? timespec{} : absolute(until);
  const long result = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | scope, expected,
                              until.is_never() ? nullptr : &time, nullptr, FUTEX_BITSET_MATCH_ANY);
  return result != -1 || errno != ETIMEDOUT;
}

void wake_on(const atomic<std::uint32_t>& word, int count, int scope) noexcept {
  syscall(SYS_futex, &word, FUTEX_WAKE | scope, count, nullptr, nullptr, 0);
}

unsigned operation(word_change how) noexcept {
  if (how == word_change::set) return FUTEX_OP_SET;
  return how == word_change::add ? FUTEX_OP_ADD : FUTEX_OP_OR;
}

// For a system without FUTEX_WAKE_OP, in two steps.
void change_word(atomic<std::uint32_t>& word, word_change how, std::uint32_t operand) noexcept {
  if (how == word_change::set) word.store(operand);
  if (how == word_change::add) word.fetch_add(operand);
  if (how == word_change::set_bits) word.fetch_or(operand);
}

}  // namespace

bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until) noexcept {
  return sleep_on(word, expected, until, FUTEX_PRIVATE_FLAG);
}

void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept {
  wake_on(word, count, FUTEX_PRIVATE_FLAG);
}

void futex_wake_all(const atomic<std::uint32_t>& word) noexcept {
  futex_wake(word, INT_MAX);
}

bool futex_wait_shared(const atomic<std::uint32_t>& word, std::uint32_t expected,
                       deadline until) noexcept {
  return sleep_on(word, expected, until, 0);
}

void futex_wake_shared(const atomic<std::uint32_t>& word, int count) noexcept {
  wake_on(word, count, 0);
}

void futex_wake_all_shared(const atomic<std::uint32_t>& word) noexcept {
  futex_wake_shared(word, INT_MAX);
}

// FUTEX_WAKE_OP changes its second word and wakes on both; here both are the same.
void futex_change_shared(atomic<std::uint32_t>& word, word_change how,
                         std::uint32_t operand) noexcept {
  // Release: heads the sequence that the kernel's own change, which knows no order, goes on with.
  word.fetch_add(0, std::memory_order_release);
  const unsigned change_by = FUTEX_OP(operation(how), operand, FUTEX_OP_CMP_EQ, 0U);
  if (syscall(SYS_futex, &word, FUTEX_WAKE_OP, INT_MAX, INT_MAX, &word, change_by) != -1) return;
  change_word(word, how, operand);
  futex_wake_all_shared(word);
}

}  // namespace par::inline PAR_ABI::detail
