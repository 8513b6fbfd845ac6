// The program's thread-local variables, one set for each fiber.
#pragma once

#include <cstddef>
#include <vector>

namespace model {

// A fiber that begins as a thread of a scenario finds its variables new; their destructors run when
// it ends as one. Those of shared libraries stay common to all fibers.
class fiber_locals {
 public:
  void renew();

  // Puts these in the place of the ones that `before` holds a copy of afterwards.
  void replace(fiber_locals& before);

  // Destroys what was made since renew, on the fiber they belong to. REQUIRES: in place.
  void destroy();

  // Keeps a destructor for the end of the fiber that runs now, or of the real thread: as libstdc++
  // does, with the same parameters.
  static void at_exit(void (*destructor)(void*), void* object, void* module);

 private:
  struct ending {
    void (*destructor)(void*);
    void* object;
  };
  std::vector<char> values_;
  std::vector<ending> endings_;
  bool of_a_scenario_ = false;
};

}  // namespace model
