// What a process appends to a list of its own, no other process sees.
#include <cstdio>
#include <string>
#include <vector>

#include "par/processes/process.h"

namespace {

std::vector<std::string> names;

}  // namespace

int main() {
  names.emplace_back("parent");
  for (const std::string name : {"first", "second"}) {
    par::process child = par::process::fork([name] {
      names.push_back(name);
      std::printf("%s child: %zu names\n", name.c_str(), names.size());
    });
    child.join();
  }
  std::printf("parent: %zu names\n", names.size());
}
