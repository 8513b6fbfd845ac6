// What a forked child has of its parent: a copy of all memory at that moment.
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "par/processes/process.h"

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& each : words) line += (line.empty() ? "" : " ") + each;
  return line;
}

// What is changed before the start is there, what is changed afterwards is not; and nothing that
// the child changes comes back.
void copy_a_list() {
  std::vector<std::string> words = {"before"};
  auto [mine, other] = par::pipe();
  words.emplace_back("start");
  const par::process child = par::process::fork([&words, end = std::move(other)]() mutable {
    static_cast<void>(end.recv<bool>());  // Until the parent has changed its own.
    words.emplace_back("in the child");
    end.send(words);
  });
  words.emplace_back("after");
  mine.send(true);
  std::printf("the child has: %s\n", joined(mine.recv<std::vector<std::string>>()).c_str());
  std::printf("the parent has: %s\n", joined(words).c_str());
}

// Text that waits in the buffer of a FILE is copied too, and then written by both. libpar flushes
// only the standard streams before it forks.
void copy_a_buffer(bool flushed) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), &std::fclose);
  const auto flush = [&] { static_cast<void>(std::fflush(file.get())); };
  static_cast<void>(std::fputs("line;", file.get()));
  if (flushed) flush();
  par::process child = par::process::fork(flush);
  child.join();
  flush();
  static_cast<void>(std::fseek(file.get(), 0, SEEK_SET));
  std::array<char, 64> text{};
  const std::size_t size = std::fread(text.data(), 1, text.size(), file.get());
  std::printf("%s: %.*s\n", flushed ? "flushed" : "not flushed", static_cast<int>(size),
              text.data());
}

}  // namespace

int main() {
  copy_a_list();
  copy_a_buffer(true);
  copy_a_buffer(false);
}
