// What generators do with exceptions.
#pragma once

#include <exception>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// What has escaped from the body of a generator, as its callers see it: a stop_iteration becomes a
// std::runtime_error (PEP 479). Call it where exceptions are handled.
std::exception_ptr escaped_exception() noexcept;

[[noreturn]] void throw_already_executing();

[[nodiscard]] bool is_generator_exit(const std::exception_ptr& error) noexcept;

}  // namespace par::inline PAR_ABI::detail
