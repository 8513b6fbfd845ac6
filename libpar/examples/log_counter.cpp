// The requests and clients of each log, counted by processes and brought together twice: in a dict
// of a manager, and by a callback of a pool.
//
//   log_counter LOG...
//
// The client is the first word of a line.
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "par/processes/manager/manager.h"
#include "par/processes/process_pool.h"

namespace {

struct log_count {
  unsigned requests = 0;
  unsigned clients = 0;
};

log_count count(const std::string& log) {
  log_count made;
  std::set<std::string> clients;
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line); ++made.requests) {
    clients.insert(line.substr(0, line.find(' ')));
  }
  made.clients = static_cast<unsigned>(clients.size());
  return made;
}

void count_into(const par::managed_dict<std::string, log_count>& counts, const std::string& log) {
  counts.set(log, count(log));
}

void print(const char* how, const std::vector<std::string>& logs,
           const std::map<std::string, log_count>& counts) {
  std::printf("%s\n", how);
  for (const std::string& log : logs) {
    const log_count& its = counts.at(log);
    std::printf("%s\t%u\t%u\n", log.c_str(), its.requests, its.clients);
  }
}

std::map<std::string, log_count> through_a_manager(const std::vector<std::string>& logs) {
  const par::manager shared;
  const auto counts = shared.dict<std::string, log_count>();
  {
    std::vector<par::process> all;  // Waited for at the end of the block.
    for (const std::string& log : logs) all.emplace_back(par::bound<&count_into>(counts, log));
  }
  std::map<std::string, log_count> found;
  for (const std::string& log : counts.keys()) found[log] = counts.at(log);
  return found;
}

std::map<std::string, log_count> through_a_callback(const std::vector<std::string>& logs) {
  std::map<std::string, log_count> found;  // Callbacks run on one thread; join() waits for it.
  par::process_pool pool(2);
  for (const std::string& log : logs) {
    static_cast<void>(pool.apply_async<&count>(
        std::tuple(log), [&found, log](const log_count& its) { found[log] = its; }));
  }
  pool.close();
  pool.join();
  return found;
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): ends the program, and says what.
int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  const std::vector<std::string> logs(arguments.begin() + 1, arguments.end());
  print("through a dict of a manager", logs, through_a_manager(logs));
  print("through a callback of a pool", logs, through_a_callback(logs));
}
