// The name cp: copytree as GNU cp.
#pragma once

namespace copytree::gnu {

// main's arguments to the exit status. There is no progress bar and no summary; copies are made by
// overwriting what is there.
int run(int argc, char** argv);

}  // namespace copytree::gnu
