#include "fib/shell/gmp_memory.h"

#include <gmp.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace fib {

namespace {

// No allocation here, and no destructors: other threads still run.
[[noreturn]] void end_process() {
  constexpr std::string_view message = "fib: out of memory\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message.data(), message.size());
  std::_Exit(EXIT_FAILURE);
}

void* checked(void* memory) {
  if (memory == nullptr) end_process();
  return memory;
}

extern "C" {
static void* allocate(std::size_t size) {
  return checked(std::malloc(size));
}
static void* reallocate(void* old, std::size_t /*old_size*/, std::size_t size) {
  return checked(std::realloc(old, size));
}
static void release(void* old, std::size_t /*size*/) {
  std::free(old);
}
}

}  // namespace

void end_quietly_when_gmp_is_out_of_memory() {
  mp_set_memory_functions(allocate, reallocate, release);
}

}  // namespace fib
