#include "par/iterators/generator_errors.h"

#include <stdexcept>

#include "par/iterators/stop_iteration.h"

namespace par::inline PAR_ABI::detail {

std::exception_ptr escaped_exception() noexcept {
  try {
    throw;
  } catch (const stop_iteration&) {
    try {
      std::throw_with_nested(std::runtime_error("generator: stop_iteration escaped from its body"));
    } catch (...) {
      return std::current_exception();
    }
  } catch (...) {
    return std::current_exception();
  }
}

void throw_already_executing() {
  throw std::logic_error("generator: already executing");
}

bool is_generator_exit(const std::exception_ptr& error) noexcept {
  try {
    std::rethrow_exception(error);
  } catch (const generator_exit&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace par::inline PAR_ABI::detail
