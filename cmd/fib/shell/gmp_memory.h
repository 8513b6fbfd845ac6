// What happens when GMP runs out of memory.
#pragma once

namespace fib {

// GMP cannot fail: left alone it prints words of its own and aborts. From now on the process ends
// with a message of fib's form, status 1. Call it before the first use of GMP.
void end_quietly_when_gmp_is_out_of_memory();

}  // namespace fib
