// A child that answers questions over a pipe until it is asked no more.
#include <cstdio>
#include <stdexcept>
#include <string>

#include "par/processes/process.h"

namespace {

void answer(par::connection end) {
  try {
    for (;;) {
      auto word = end.recv<std::string>();
      if (word == "zero") throw std::domain_error("does not divide by zero");
      for (char& letter : word) letter = static_cast<char>(letter - 'a' + 'A');
      end.send(word);
    }
  } catch (const par::end_of_stream&) {
    std::printf("%s: nobody asks any more\n", par::process::current().name.c_str());
  }
}

}  // namespace

int main() {
  auto [mine, other] = par::pipe();
  par::process child = par::process::fork("answerer", [&mine, end = std::move(other)]() mutable {
    mine.close();  // The copy that was forked: the end would never come while it is open here.
    answer(std::move(end));
  });
  for (const char* const word : {"copy", "count"}) {
    mine.send(std::string(word));
    std::printf("%s: %s\n", word, mine.recv<std::string>().c_str());
  }
  static_cast<void>(std::fflush(stdout));  // Before the child writes.
  mine.close();
  child.join();

  auto [again, far] = par::pipe();
  par::process hasty =
      par::process::fork("hasty", [end = std::move(far)]() mutable { answer(std::move(end)); });
  again.send(std::string("zero"));
  hasty.join();
  std::printf("%s threw %s: %s\n", hasty.name().c_str(), hasty.error()->type().c_str(),
              hasty.error()->what());
}
