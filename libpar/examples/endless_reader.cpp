// A reader that never ends by itself is terminated. The queue does not mind: others go on with it.
#include <cstdio>
#include <string>

#include "par/processes/ipc/joinable_queue.h"
#include "par/processes/process.h"

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  const par::ipc::joinable_queue<std::string> lines;
  par::process reader = par::process::fork("reader", [lines] {
    for (;;) {
      std::printf("read: %s\n", lines.get().c_str());
      static_cast<void>(std::fflush(stdout));
      lines.task_done();
    }
  });
  for (const char* each : {"one", "two", "three"}) lines.put(each);
  lines.join();  // They are read; the reader waits for more.
  reader.terminate();
  reader.join();
  std::printf("%s ended by signal %d\n", reader.name().c_str(), *reader.status()->signal());
  lines.put("four");
  std::printf("main reads: %s\n", lines.get().c_str());
}
