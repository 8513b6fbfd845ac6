// Where copies are made by other processes, these come from a server that is started first.
#include <gmock/gmock.h>

#include <array>
#include <string>

#include "copytree/shell/make_helpers.h"

int main(int argc, char** argv) {
  std::string program = argv[0];
  std::string wish = "--backend=processes";
  std::array<char*, 3> with_wish = {program.data(), wish.data(), nullptr};
  copytree::prepare_helpers(2, with_wish.data());
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
