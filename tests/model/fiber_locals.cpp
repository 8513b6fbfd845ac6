#include "model/fiber_locals.h"

#include <link.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "model/sanitized.h"

// What the compiler calls for a thread-local variable with a destructor; libstdc++'s goes here.
extern "C" int __cxa_thread_atexit_impl(void (*destructor)(void*), void* object, void* module);
extern "C" int __cxa_thread_atexit(void (*destructor)(void*), void* object, void* module);

namespace model {
namespace {

fiber_locals* in_place = nullptr;  // Null: those of no fiber of a scenario.

// Where the variables of the calling thread lie, and what they are at first: the bytes, then zeros.
struct block {
  std::span<char> place;
  std::span<const char> first;
};

int find_block(dl_phdr_info* info, std::size_t, void* found) {
  const std::span segments(info->dlpi_phdr, info->dlpi_phnum);
  const auto tls = std::ranges::find(segments, PT_TLS, &ElfW(Phdr)::p_type);
  if (tls != segments.end() && info->dlpi_tls_data != nullptr) {
    *static_cast<block*>(found) = {
        {static_cast<char*>(info->dlpi_tls_data), tls->p_memsz},
        {reinterpret_cast<const char*>(info->dlpi_addr + tls->p_vaddr), tls->p_filesz}};
  }
  return 1;  // The first is the program; no more.
}

const block& locals() {
  static const block found = [] {
    block of_program{};
    // clang links its sanitizers into the program, and their variables belong to the real thread.
    if (!sanitizer_in_program) dl_iterate_phdr(find_block, &of_program);
    return of_program;
  }();
  return found;
}

}  // namespace

void fiber_locals::renew() {
  values_.assign(locals().place.size(), 0);
  std::ranges::copy(locals().first, values_.begin());
  of_a_scenario_ = true;
}

void fiber_locals::replace(fiber_locals& before) {
  const std::span<char> place = locals().place;
  before.values_.assign(place.begin(), place.end());
  if (values_.size() == place.size()) std::ranges::copy(values_, place.begin());
  in_place = of_a_scenario_ ? this : nullptr;
}

void fiber_locals::destroy() {
  while (!endings_.empty()) {  // A destructor may make more.
    const ending last = endings_.back();
    endings_.pop_back();
    last.destructor(last.object);
  }
}

void fiber_locals::at_exit(void (*destructor)(void*), void* object, void* module) {
  if (in_place != nullptr) {
    in_place->endings_.push_back({destructor, object});
  } else {
    __cxa_thread_atexit_impl(destructor, object, module);
  }
}

}  // namespace model

int __cxa_thread_atexit(void (*destructor)(void*), void* object, void* module) {
  model::fiber_locals::at_exit(destructor, object, module);
  return 0;
}
