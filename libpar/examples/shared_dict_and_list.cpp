// A dict and a list that lie in a manager's process: what one process changes, all see.
#include <cstdio>
#include <string>
#include <vector>

#include "par/processes/manager/manager.h"
#include "par/processes/process.h"

namespace {

using square_table = par::managed_dict<int, int>;
using name_list = par::managed_list<std::string>;

void add_squares(const square_table& squares, const name_list& names, int from) {
  for (int i = from; i < from + 3; ++i) squares.set(i, i * i);
  names.push_back("from " + std::to_string(from));
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): ends the program, and says what.
int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const par::manager shared;
  const auto squares = shared.dict<int, int>();
  const auto names = shared.list<std::string>({"parent"});
  const auto notes = shared.names();
  for (const int from : {1, 4, 7}) {
    par::process child(par::bound<&add_squares>(squares, names, from));
    child.join();
  }
  for (const auto& [number, square] : squares.items()) std::printf("%d:%d ", number, square);
  std::printf("\n");
  for (const std::string& name : names.values()) std::printf("%s\n", name.c_str());

  notes.set("title", std::string("squares"));
  notes.set("largest", squares.at(9));
  std::printf("%s up to %d\n", notes.get<std::string>("title").c_str(), notes.get<int>("largest"));
}
